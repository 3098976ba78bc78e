package ringside.fastpath.lab;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.GuestEnd;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.CpuWindow;
import ringside.profiler.profile.CpuWindows;
import ringside.profiler.profile.WindowPlan;
import ringside.toolchain.image.GuestImage;

/**
 * One image at one combination of parameters, run to its end once on a machine of its own. Models steer nothing, so
 * all of them see this one run.
 *
 * @param variant  which
 * @param point    at which parameters
 * @param image    what ran
 * @param instructions that all CPUs retired
 * @param counted  by the machine's own clock, with accesses
 * @param followed what each model says, in the declaration's order
 * @param cold     the same by cores that are made cold as each operation begins; empty where nobody asked
 * @param reports  what the guest said itself
 * @param console  what it printed
 */
record LabRun(VariantSpec variant, Point point, GuestImage image, long instructions, List<CpuWindow> counted,
        List<List<CpuWindow>> followed, List<List<CpuWindow>> cold, GuestReports reports, String console) {
    private static final int MOST_CONSOLE = 1 << 20;

    /**
     * Runs.
     *
     * @throws GuestFailedException if the guest did not end well
     */
    static LabRun of(final Declaration declaration, final VariantSpec variant, final Point point,
            final GuestImage image) {
        final String name = (variant.name() + " " + point).strip();
        final MachineSpec spec = declaration.machine().at(point);
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final MachineConfig config = spec.config().withSerial(value -> {
            if (serial.size() < MOST_CONSOLE) {
                serial.write(value);
            }
        });
        final WindowPlan plan = new WindowPlan("trial_begin", "trial_end", declaration.windows(), "phase_", List.of(),
                declaration.warmUp());
        final LongFunction<String> places = address -> image.symbols().format(address)
                + image.lines().at(address).map(line -> " (" + line + ")").orElse("");
        final CpuWindows counts = new CpuWindows(plan, image.probes(), spec.cpus(), null, true,
                Set.of(Declaration.OP));
        final GuestReports reports = new GuestReports(image.probes(), spec.cpus(),
                image.symbols()::format, places);
        final List<ModelFollower> warm = new ArrayList<>();
        final List<ModelFollower> cold = new ArrayList<>();
        try (Machine machine = Machine.boot(config, image)) {
            for (final Microarchitecture make : declaration.models()) {
                warm.add(new ModelFollower(make, plan, image.probes(), spec.cpus(), false));
                if (declaration.cold()) {
                    cold.add(new ModelFollower(make, plan, image.probes(), spec.cpus(), true));
                }
            }
            machine.addObserver(counts);
            machine.addObserver(reports);
            warm.forEach(follower -> machine.addObserver(follower.source()));
            cold.forEach(follower -> machine.addObserver(follower.source()));
            final RunResult result = machine.run(Budget.steps(declaration.budget()));
            final String console = serial.toString(StandardCharsets.ISO_8859_1);
            requireGoodEnd(declaration, name, image, result, reports, console);
            if (counts.overflowed()) {
                throw new GuestFailedException(name + ": more rounds or longer ones than are kept");
            }
            return new LabRun(variant, point, image, machine.instructions(), counts.windows(),
                    warm.stream().map(ModelFollower::windows).toList(),
                    cold.stream().map(ModelFollower::windows).toList(), reports, console);
        } finally {
            warm.forEach(ModelFollower::close);
            cold.forEach(ModelFollower::close);
        }
    }

    private static void requireGoodEnd(final Declaration declaration, final String name, final GuestImage image,
            final RunResult result, final GuestReports reports, final String console) {
        if (reports.failedCheck().isPresent()) {
            throw new GuestFailedException(name + ": " + reports.failedCheck().get());
        }
        if (result instanceof RunResult.Exited(final int code)) {
            if (code == 0) {
                return;
            }
            if (code == BareStand.EXIT_EXCEPTION && reports.lastException().isPresent()
                    && declaration.stand() == StandKind.BARE) {
                throw new GuestFailedException(name + ": " + reports.lastException().get());
            }
        }
        final String why = result instanceof RunResult.BudgetSpent
                ? "; the experiment's budget is " + declaration.budget() + " instructions" : "";
        throw new GuestFailedException(name + ": " + GuestEnd.describe(result, image) + why
                + GuestEnd.lastWords(console));
    }

    /** {@return the rounds of a window by one of the sources, as the machine's own} */
    static CpuWindow same(final List<CpuWindow> source, final CpuWindow counted) {
        return source.stream().filter(one -> one.cpu() == counted.cpu() && one.trial().equals(counted.trial())
                && one.window().equals(counted.window())).findFirst().orElseThrow();
    }
}
