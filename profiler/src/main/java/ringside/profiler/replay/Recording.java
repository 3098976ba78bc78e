package ringside.profiler.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.RunResult;
import ringside.profiler.trace.EventCounter;
import ringside.profiler.trace.Tick;
import ringside.profiler.trace.TraceEnd;
import ringside.profiler.trace.TraceHead;
import ringside.profiler.trace.TraceLimits;
import ringside.profiler.trace.TraceSymbols;
import ringside.profiler.trace.TraceWriter;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.ObjectSymbol;

/**
 * Runs a machine from its start and writes down what is needed to have the run again and to see where it is another.
 */
public final class Recording implements AutoCloseable {
    /** Steps from one checkpoint to the next, if nothing else is said. */
    public static final long INTERVAL = 10_000_000;

    private final Machine machine;
    private final InputRecorder input;
    private final TraceWriter writer;
    private final Plan plan;
    private final EventCounter counter = new EventCounter();
    private final List<Tick> ticks = new ArrayList<>();
    private long inputWritten;
    private int checkpoints;
    private int ticksInAll;

    /**
     * What is recorded, and who says so.
     *
     * @param build     of Ringside, for people
     * @param image     the image's file as the user named it; empty for one that Ringside builds
     * @param arguments options of the command line by which the machine is made again
     * @param interval  steps from checkpoint to checkpoint, at least 1; of a very long run they get longer
     * @param events    whether the event stream is recorded
     */
    public record Plan(String build, Optional<Path> image, List<String> arguments, long interval, boolean events) {
        /** Copies the list. */
        public Plan {
            arguments = List.copyOf(arguments);
        }
    }

    private Recording(final Machine machine, final InputRecorder input, final TraceWriter writer, final Plan plan) {
        this.machine = machine;
        this.input = input;
        this.writer = writer;
        this.plan = plan;
    }

    /**
     * Begins a recording.
     *
     * @param machine that has not run yet
     * @param input   the source that its COM1 has
     * @param file    where the trace will be
     * @param plan    what is recorded
     * @return the recording; its owner closes it and the machine
     * @throws ringside.emulator.state.UnwrittenFileException when the file system refuses, now or later
     */
    public static Recording begin(
            final Machine machine, final InputRecorder input, final Path file, final Plan plan) {
        return new Recording(machine, input, TraceWriter.begin(file, head(machine, plan), symbols(machine.image())),
                plan);
    }

    private static TraceHead head(final Machine machine, final Plan plan) {
        return new TraceHead(plan.build, Machine.BEHAVIOUR, plan.image.map(Path::toString).orElse(""),
                machine.image().sha256(), machine.snapshot().make(), machine.config().timing().id(),
                machine.config().seed(), machine.config().vcpus(), plan.interval, plan.events, plan.arguments,
                Stands.names());
    }

    /**
     * {@return the names of an image as a trace holds them}
     *
     * @param image that is recorded
     */
    public static TraceSymbols symbols(final GuestImage image) {
        final List<TraceSymbols.Symbol> all = new ArrayList<>();
        for (final ImageSymbol symbol : image.symbols().all()) {
            if (symbol.kind() == ObjectSymbol.Kind.FUNCTION || symbol.kind() == ObjectSymbol.Kind.OBJECT) {
                all.add(new TraceSymbols.Symbol(symbol.name(), symbol.address(), symbol.size()));
            }
        }
        return new TraceSymbols(all, image.probes().stream().map(probe -> probe.kind()).toList());
    }

    /**
     * Runs to the end of the guest's run or of the budget, and finishes the trace.
     *
     * @param budget steps at most
     * @param wanted asked now and then: whether to go on
     * @return how the run ended
     */
    public RunResult run(final long budget, final BooleanSupplier wanted) {
        machine.addObserver(counter);
        if (plan.events) {
            machine.addObserver(writer.stream());
        }
        try {
            final long start = machine.steps();
            final long end = budget > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + budget;
            long mark = start;
            RunResult result;
            do {
                final long here = machine.steps();
                final long due = next(mark, TraceLimits.interval(plan.interval, checkpoints));
                result = machine.run(Budget.steps(Math.min(end, Math.min(next(here, TraceLimits.TICK), due)) - here));
                if (result instanceof RunResult.BudgetSpent && machine.steps() >= due) {
                    checkpoint();
                    mark = machine.steps();
                } else if (result instanceof RunResult.BudgetSpent && machine.steps() < end
                        && ticksInAll < TraceLimits.TICKS) {
                    ticksInAll++;
                    ticks.add(Stands.tick(machine));
                }
            } while (result instanceof RunResult.BudgetSpent && machine.steps() < end && wanted.getAsBoolean());
            if (machine.steps() > mark || mark == start) {
                checkpoint();
            }
            writer.finish(new TraceEnd(!(result instanceof RunResult.BudgetSpent), result.describe()));
            return result;
        } finally {
            machine.removeObserver(counter);
            machine.removeObserver(writer.stream());
        }
    }

    private static long next(final long here, final long interval) {
        final long behind = here - here % interval;
        return behind > Long.MAX_VALUE - interval ? Long.MAX_VALUE : behind + interval;
    }

    private void checkpoint() {
        input();
        checkpoints++;
        writer.checkpoint(ticks, counter.take(), Stands.checkpoint(machine, machine.snapshot()));
        ticks.clear();
    }

    /** Writes the input that no checkpoint has behind it yet. */
    private void input() {
        final List<InputEntry> more = new ArrayList<>();
        final InputLog log = input.log();
        long before = 0;
        for (final InputEntry entry : log.entries()) {
            final long behind = before + entry.length();
            if (before >= inputWritten) {
                more.add(entry);
            } else if (behind > inputWritten) {
                final byte[] bytes = entry.bytes();
                final byte[] rest = Arrays.copyOfRange(bytes, (int) (inputWritten - before), bytes.length);
                more.add(new InputEntry(entry.cycle(), entry.idle(), rest));
            }
            before = behind;
        }
        writer.input(more);
        inputWritten = before;
    }

    /** {@return bytes in the file so far} */
    public long written() {
        return writer.written();
    }

    @Override
    public void close() {
        writer.close();
    }
}
