package ringside.fastpath.experiment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.profiler.model.CostListener;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.profiler.profile.RoundCost;
import ringside.profiler.profile.WindowCycles;
import ringside.profiler.profile.WindowRounds;
import ringside.toolchain.image.GuestImage;

/**
 * One image, run to its end once, with several cores that follow it: for each model one that keeps what it learns, one
 * that is emptied as each call begins and one as each reply does. Models steer nothing, so all of them see one run.
 */
final class VariantCycles {
    private final Variant variant;
    private final GuestImage image;

    private VariantCycles(final Variant variant, final GuestImage image) {
        this.variant = variant;
        this.image = image;
    }

    /**
     * {@return what each path cost, for each model}
     *
     * @param variant what the image is
     * @param image   what runs
     * @param makes   the models; each has hardware
     * @throws GuestFailedException if the guest did not end well
     */
    static List<Map<PathKey, PathCycles>> of(
            final Variant variant, final GuestImage image, final List<Microarchitecture> makes) {
        return new VariantCycles(variant, image).run(makes);
    }

    private List<Map<PathKey, PathCycles>> run(final List<Microarchitecture> makes) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final List<Follower> followers = new ArrayList<>();
        try (Machine machine = Machine.boot(MachineConfig.standard().withSerial(serial::write), image)) {
            for (final Microarchitecture make : makes) {
                followers.add(new Follower(make, image, Set.of()));
                IpcWindows.COLD.forEach(kinds -> followers.add(new Follower(make, image, kinds)));
            }
            followers.forEach(follower -> machine.addObserver(follower.source));
            final RunResult result = run(machine, followers);
            VariantRun.requireGoodEnd(variant, result, serial.toString(StandardCharsets.ISO_8859_1));
        } finally {
            followers.forEach(Follower::close);
        }
        final List<Map<PathKey, PathCycles>> all = new ArrayList<>();
        final int each = 1 + IpcWindows.COLD.size();
        for (int i = 0; i < makes.size(); i++) {
            all.add(paths(followers.subList(i * each, (i + 1) * each)));
        }
        return all;
    }

    /** What follows the last trial is not followed: no window is in it. */
    private static RunResult run(final Machine machine, final List<Follower> followers) {
        RunResult result = new RunResult.BudgetSpent(0);
        final WindowCycles trials = followers.getFirst().trials;
        for (long steps = 0; result instanceof RunResult.BudgetSpent && steps < VariantRun.BUDGET
                && trials.ended() < IpcWindows.TRIALS; steps += VariantRun.SLICE) {
            result = machine.run(Budget.steps(VariantRun.SLICE));
        }
        followers.forEach(follower -> machine.removeObserver(follower.source));
        return result instanceof RunResult.BudgetSpent ? machine.run(Budget.steps(VariantRun.BUDGET)) : result;
    }

    private Map<PathKey, PathCycles> paths(final List<Follower> followers) {
        final Map<PathKey, WindowRounds> warm = byPath(followers.get(0));
        final Map<PathKey, WindowRounds> coldCalls = byPath(followers.get(1));
        final Map<PathKey, WindowRounds> coldReplies = byPath(followers.get(2));
        final Map<PathKey, RoundCost> first = first(followers.get(0));
        final Map<PathKey, PathCycles> paths = new LinkedHashMap<>();
        warm.forEach((key, rounds) -> {
            final WindowRounds cold = (key.direction() == Direction.REPLY_RECV ? coldReplies : coldCalls).get(key);
            final RoundCost begin = first.getOrDefault(key, rounds.rounds().getFirst());
            paths.put(key, new PathCycles(key, Optional.of(begin).filter(round -> round.disturbance().isEmpty()),
                    rounds.undisturbed(), cold.undisturbed()));
        });
        return paths;
    }

    private Map<PathKey, WindowRounds> byPath(final Follower follower) {
        final Map<PathKey, WindowRounds> found = new HashMap<>();
        for (final WindowRounds window : follower.trials.rounds()) {
            found.put(IpcWindows.keyOf(variant, window.trial(), window.window())
                    .orElseThrow(() -> new GuestFailedException(variant + ": the guest ran " + window.trial()
                            + ", which is no experiment of the bench")), window);
        }
        return found;
    }

    /** Only calls without words are made before the trials; a call with words is first made in its trial. */
    private Map<PathKey, RoundCost> first(final Follower follower) {
        final Map<PathKey, RoundCost> found = new HashMap<>();
        for (final WindowRounds window : follower.firsts.rounds()) {
            final boolean call = !window.window().equals(Experiment.NULL_SYSCALL.toString());
            for (final Direction direction : Direction.values()) {
                if (call && window.window().equals(direction.toString())) {
                    found.putIfAbsent(PathKey.call(variant, IpcWindows.firstSpace(window.trial()), 0, direction),
                            window.rounds().getFirst());
                }
            }
            if (!call) {
                found.putIfAbsent(PathKey.nullSyscall(variant), window.rounds().getFirst());
            }
        }
        return found;
    }

    /** A core that follows the run, and what its windows cost. */
    private static final class Follower {
        private final ProcessorModel model;
        private final WindowCycles trials;
        private final WindowCycles firsts;
        private final ModelledSource source;

        Follower(final Microarchitecture make, final GuestImage image, final Set<String> coldAt) {
            trials = new WindowCycles(IpcWindows.PLAN, image.probes());
            firsts = new WindowCycles(IpcWindows.FIRST, image.probes());
            final CostListener both = (cpu, address, cycles, cause) -> {
                trials.cost(cpu, address, cycles, cause);
                firsts.cost(cpu, address, cycles, cause);
            };
            model = new ProcessorModel(make, MachineConfig.standard().vcpus(), both);
            source = new ModelledSource(model, image.probes());
            source.addObserver(trials);
            source.addObserver(firsts);
            if (!coldAt.isEmpty()) {
                source.addObserver(new ColdStarts(model, image.probes(), coldAt));
            }
        }

        void close() {
            model.close();
        }
    }
}
