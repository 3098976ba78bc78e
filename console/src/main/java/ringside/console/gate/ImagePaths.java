package ringside.console.gate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ringside.console.gate.GatedImage.GatedPath;
import ringside.console.report.ImageCode;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.GuestEnd;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.model.CauseFeed;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.profiler.profile.CpuRound;
import ringside.profiler.profile.CpuWindow;
import ringside.profiler.profile.CpuWindows;
import ringside.profiler.profile.Settling;
import ringside.profiler.profile.WindowPlan;
import ringside.profiler.profile.WindowSpec;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.Probe;

/**
 * Paths through a kernel of anybody's: from one place of its code to another. The kernel needs neither probes nor
 * Bantam; it is run once, and the places are watched without changing a byte of it.
 */
final class ImagePaths {
    private static final int MOST_CONSOLE = 1 << 16;
    private static final int HEX = 16;
    private static final int MOST_NAMED = 8;
    private static final long SLICE = 1_000_000;
    /** Any register makes accesses belong exactly to the instructions between two marks. */
    private static final List<String> REGISTER = List.of("rsp");

    private final GatedImage gated;
    private final GuestImage image;
    private final WindowPlan plan;
    /** Whose places are in the image. */
    private final List<GatedPath> paths = new ArrayList<>();
    private final List<UnmeasuredPath> unmeasured = new ArrayList<>();

    private ImagePaths(final GatedImage gated) {
        this.gated = gated;
        final GuestImage plain = GuestImage.read(gated.file());
        // Of marks at one place the first is told first: a place that ends a round and begins one does both in order.
        final List<Probe> marks = new ArrayList<>();
        final List<Probe> begins = new ArrayList<>();
        final List<WindowSpec> windows = new ArrayList<>();
        for (final GatedPath path : gated.paths()) {
            final Optional<String> missing = missing(plain, path);
            if (missing.isPresent()) {
                unmeasured.add(new UnmeasuredPath(gated.name() + "/" + path.name(), new RefusedFileException(
                    plain.name(), "path " + path.name(), "no symbol is called " + missing.get())));
                continue;
            }
            paths.add(path);
            final String opens = "gate_from " + path.name();
            final String closes = "gate_to " + path.name();
            begins.add(new Probe(opens, place(plain, path, path.from()), REGISTER));
            path.to().forEach(to -> marks.add(new Probe(closes, place(plain, path, to), REGISTER)));
            windows.add(new WindowSpec(path.name(), opens, closes));
        }
        marks.addAll(begins);
        image = plain.withProbes(marks);
        plan = new WindowPlan("", "", windows, "phase_", List.of(), gated.warmUp());
    }

    /**
     * What came of the paths of an image, {@code IMAGE/PATH}.
     *
     * @param paths      what they cost
     * @param unmeasured those that are not there, or were never taken
     */
    record Result(List<MeasuredPath> paths, List<UnmeasuredPath> unmeasured) {
    }

    /**
     * {@return what the paths of an image cost}
     *
     * @param gated  which
     * @param models whose cycles are counted
     * @throws GuestFailedException where the guest does not end well
     */
    static Result measure(final GatedImage gated, final List<Microarchitecture> models) {
        final ImagePaths image = new ImagePaths(gated);
        final List<MeasuredPath> measured = image.paths.isEmpty() ? List.of() : image.run(models);
        return new Result(measured, List.copyOf(image.unmeasured));
    }

    /** {@return the first symbol among a path's places that the image does not have} */
    private static Optional<String> missing(final GuestImage image, final GatedPath path) {
        return Stream.concat(Stream.of(path.from()), path.to().stream()).filter(text -> !text.startsWith("0x"))
            .map(ImagePaths::symbol).filter(symbol -> symbols(image, symbol).isEmpty()).findFirst();
    }

    private static String symbol(final String text) {
        final int plus = text.lastIndexOf('+');
        return plus > 0 ? text.substring(0, plus) : text;
    }

    private static long place(final GuestImage image, final GatedPath path, final String text) {
        final int plus = text.lastIndexOf('+');
        try {
            if (text.startsWith("0x")) {
                return Long.parseUnsignedLong(text.substring(2), HEX);
            }
            final long offset = plus > 0 ? Long.decode(text.substring(plus + 1)) : 0;
            return symbol(image, path, symbol(text)) + offset;
        } catch (final NumberFormatException wrong) {
            throw new RefusedFileException(image.name(), "path " + path.name(),
                "a place is SYMBOL, SYMBOL+0x10 or 0x1000: " + text);
        }
    }

    /** {@code SYMBOL}, or {@code FILE:SYMBOL} where lines say which file each of several is from. */
    private static List<ImageSymbol> symbols(final GuestImage image, final String text) {
        final List<ImageSymbol> found = image.symbols().named(text);
        final int colon = text.lastIndexOf(':');
        if (!found.isEmpty() || colon <= 0) {
            return found;
        }
        final String file = "/" + text.substring(0, colon);
        return image.symbols().all().stream().filter(one -> one.name().equals(text.substring(colon + 1))
            && image.lines().at(one.address()).filter(line -> ("/" + line.file()).endsWith(file)).isPresent())
            .toList();
    }

    private static long symbol(final GuestImage image, final GatedPath path, final String text) {
        final List<ImageSymbol> found = symbols(image, text);
        if (found.stream().map(ImageSymbol::address).distinct().count() > 1) {
            throw new RefusedFileException(image.name(), "path " + path.name(), "several symbols are called " + text
                + ": " + found.stream().map(one -> "0x" + Long.toHexString(one.address())
                    + image.lines().at(one.address()).map(line -> " (" + line + ")").orElse(""))
                    .limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (found.size() > MOST_NAMED ? " and others" : "")
                + "; an address names one, or FILE:SYMBOL where there are lines");
        }
        return found.getFirst().address();
    }

    /** Counts how often each place was reached, on all CPUs. */
    private static final class Reached implements MachineObserver {
        private static final Set<EventKind> INTERESTS = Set.of(EventKind.PROBE);

        private final List<Probe> probes;
        private final long[] times;

        Reached(final List<Probe> probes) {
            this.probes = probes;
            times = new long[probes.size()];
        }

        /** All probes of a place are told. */
        long times(final long address) {
            return IntStream.range(0, times.length).filter(i -> probes.get(i).address() == address)
                .mapToLong(i -> times[i]).max().orElse(0);
        }

        @Override
        public Set<EventKind> interests() {
            return INTERESTS;
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            times[probe]++;
        }
    }

    /** What follows the run. */
    private record Follower(ProcessorModel model, CpuWindows windows, ModelledSource source) {
        static Follower of(final Microarchitecture make, final WindowPlan plan, final GuestImage image, final int cpus,
                final Set<String> paths) {
            final CauseFeed causes = new CauseFeed(cpus);
            final ProcessorModel model = new ProcessorModel(make, cpus, causes);
            final CpuWindows windows = new CpuWindows(plan, image.probes(), cpus, causes, false, paths);
            final ModelledSource source = new ModelledSource(model, image.probes());
            source.addObserver(windows);
            return new Follower(model, windows, source);
        }
    }

    private List<MeasuredPath> run(final List<Microarchitecture> models) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final MachineConfig config = gated.machine().config().withSerial(value -> {
            if (serial.size() < MOST_CONSOLE) {
                serial.write(value);
            }
        });
        final int cpus = gated.machine().cpus();
        final Set<String> names = plan.windows().stream().map(WindowSpec::name).collect(Collectors.toSet());
        final CpuWindows counts =
            new CpuWindows(plan, image.probes(), cpus, null, true, models.isEmpty() ? names : Set.of());
        final List<Follower> followers = new ArrayList<>();
        try (Machine machine = Machine.boot(config, image)) {
            for (final Microarchitecture make : models) {
                followers.add(Follower.of(make, plan, image, cpus, followers.isEmpty() ? names : Set.of()));
            }
            final Reached reached = new Reached(image.probes());
            machine.addObserver(counts);
            machine.addObserver(reached);
            followers.forEach(follower -> machine.addObserver(follower.source));
            requireGoodEnd(run(machine, counts), serial.toString(StandardCharsets.ISO_8859_1));
            try (ImageCode code = ImageCode.of(image)) {
                final List<MeasuredPath> measured = new ArrayList<>();
                for (final GatedPath path : paths) {
                    final List<CpuRound> all = rounds(counts, path.name());
                    if (undisturbed(all).isEmpty()) {
                        unmeasured.add(new UnmeasuredPath(gated.name() + "/" + path.name(), new GuestFailedException(
                            gated.name() + ": the path " + path.name() + " was " + notTaken(path, all, reached))));
                    } else {
                        measured.add(path(path, all, followers, models, code));
                    }
                }
                return measured;
            }
        } finally {
            followers.forEach(follower -> follower.model.close());
        }
    }

    /** Looks now and then whether it is too much already: a kernel may never end. */
    private RunResult run(final Machine machine, final CpuWindows counts) {
        RunResult result = machine.run(Budget.steps(Math.min(SLICE, gated.budget())));
        for (long done = SLICE; result instanceof RunResult.BudgetSpent && done < gated.budget()
                && !counts.overflowed(); done += SLICE) {
            result = machine.run(Budget.steps(Math.min(SLICE, gated.budget() - done)));
        }
        if (counts.overflowed()) {
            throw new GuestFailedException(gated.name() + ": more than " + CpuWindows.MOST_ROUNDS
                + " rounds; a budget ends the run earlier");
        }
        return result;
    }

    private void requireGoodEnd(final RunResult result, final String console) {
        final boolean good = result.equals(new RunResult.Exited(0)) || result instanceof RunResult.PoweredOff
            || !gated.ends() && (result instanceof RunResult.BudgetSpent || result instanceof RunResult.Halted);
        if (!good) {
            final String why = result instanceof RunResult.BudgetSpent
                ? "; its budget is " + gated.budget() + " instructions, and with ends = false that is an end" : "";
            throw new GuestFailedException(gated.name() + ": " + GuestEnd.describe(result, image) + why
                + GuestEnd.lastWords(console));
        }
    }

    private String notTaken(final GatedPath path, final List<CpuRound> all, final Reached reached) {
        return all.isEmpty() ? "never taken: " + reached(path, reached)
            : "taken " + times(all.size()) + ", and each was warm-up or interrupted";
    }

    private MeasuredPath path(final GatedPath path, final List<CpuRound> all, final List<Follower> followers,
            final List<Microarchitecture> models, final ImageCode code) {
        final List<CpuRound> good = undisturbed(all);
        final SortedMap<String, Long> metrics = new TreeMap<>();
        final SortedMap<String, Long> causes = new TreeMap<>();
        metrics.put("rounds", (long) good.size());
        metrics.put("disturbed", all.size() - good.size() - warmUps(all));
        metrics.put("instructions", median(good, CpuRound::instructions));
        metrics.put("instructions.max", good.stream().mapToLong(CpuRound::instructions).max().orElseThrow());
        metrics.put("kernel_instructions", median(good, CpuRound::kernelInstructions));
        metrics.put("lines", median(good, round -> round.data().lines()));
        metrics.put("reads", median(good, round -> round.data().reads()));
        metrics.put("writes", median(good, round -> round.data().writes()));
        CpuRound shown = middle(good, CpuRound::instructions);
        for (int i = 0; i < models.size(); i++) {
            final String model = GateRun.model(models.get(i));
            final List<CpuRound> followed = undisturbed(rounds(followers.get(i).windows, path.name()));
            final Settling settling = Settling.of(followed.stream().mapToLong(CpuRound::cycles).toArray());
            final List<CpuRound> rest = followed.subList(
                settling.settled() ? settling.after() : followed.size() / 2, followed.size());
            final CpuRound round = middle(rest, CpuRound::cycles);
            metrics.put("settled." + model, round.cycles());
            metrics.put("first." + model, followed.getFirst().cycles());
            causes.putAll(GateSteps.causes(model, round.causes()));
            causes.putAll(GateSteps.causes("first." + model, followed.getFirst().causes()));
            shown = i == 0 ? round : shown;
        }
        return new MeasuredPath(gated.name() + "/" + path.name(), metrics, causes,
            models.isEmpty() ? List.of() : GateSteps.places(shown.path(), code), GateSteps.steps(shown.path(), code));
    }

    /** {@return how often the run came to a path's places, in words} */
    private String reached(final GatedPath path, final Reached reached) {
        final long begun = reached.times(place(image, path, path.from()));
        final List<Long> ended = path.to().stream().map(to -> reached.times(place(image, path, to))).toList();
        final String ends = IntStream.range(0, ended.size())
            .mapToObj(i -> path.to().get(i) + " " + times(ended.get(i))).collect(Collectors.joining(", "));
        return "its start " + path.from() + " was reached " + times(begun) + ", its end " + ends
            + (begun > 0 && ended.stream().anyMatch(count -> count > 0)
                ? ", but never behind it on the same CPU" : "");
    }

    private static String times(final long count) {
        return count == 0 ? "never" : count == 1 ? "once" : count + " times";
    }

    private static List<CpuRound> rounds(final CpuWindows windows, final String path) {
        return windows.windows().stream().filter(window -> window.window().equals(path))
            .map(CpuWindow::rounds).flatMap(List::stream).toList();
    }

    private List<CpuRound> undisturbed(final List<CpuRound> all) {
        return all.stream().filter(round -> round.number() > gated.warmUp() && round.disturbance().isEmpty()).toList();
    }

    private long warmUps(final List<CpuRound> all) {
        return all.stream().filter(round -> round.number() <= gated.warmUp()).count();
    }

    private static long median(final List<CpuRound> rounds, final ToLongFunction<CpuRound> what) {
        return what.applyAsLong(middle(rounds, what));
    }

    /** {@return the first round that has the median, of two in the middle the lower one} */
    private static CpuRound middle(final List<CpuRound> rounds, final ToLongFunction<CpuRound> what) {
        return rounds.stream().sorted(Comparator.comparingLong(what)).skip((rounds.size() - 1) / 2)
            .findFirst().orElseThrow();
    }
}
