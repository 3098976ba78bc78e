package ringside.profiler.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.profiler.trace.Checkpoint;
import ringside.profiler.trace.EventComparison;
import ringside.profiler.trace.EventCounter;
import ringside.profiler.trace.EventSeeker;
import ringside.profiler.trace.Stretch;
import ringside.profiler.trace.Tick;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceEvent;
import ringside.profiler.trace.TraceException;

/** Runs a recording again, on a machine of the same make, and holds it against what was recorded. */
public final class Replay {
    /** Steps behind a difference that are run to compare more at the next checkpoint. */
    private static final long MOST_BEHIND = 20 * Recording.INTERVAL;

    private final Trace trace;
    private final Machine machine;
    private final EventCounter counter = new EventCounter();
    private int checkpoints;
    private RunResult ended;

    /** The last place where all was equal, as far as the trace tells: from where to look again. */
    private Snapshot good;
    private long goodSteps;

    /**
     * Makes a replay.
     *
     * @param trace   what was recorded
     * @param machine that has not run yet; its input is the trace's
     * @throws TraceException when it is of another build, image or make
     */
    public Replay(final Trace trace, final Machine machine) {
        this.trace = trace;
        this.machine = machine;
        good = require(trace, machine);
    }

    /**
     * Refuses a trace that is of another build, image or make than a machine.
     *
     * @param trace   what was recorded
     * @param machine that has not run yet
     * @return the machine as it is
     * @throws TraceException when it is
     */
    public static Snapshot require(final Trace trace, final Machine machine) {
        final String file = trace.file().toString();
        require(trace, Machine.BEHAVIOUR);
        if (!trace.head().sha256().equals(machine.image().sha256())) {
            throw new TraceException(file, "image", "it is of another image: sha256=" + trace.head().sha256()
                    + " here=" + machine.image().sha256());
        }
        final Snapshot start = machine.snapshot();
        if (!trace.head().make().equals(start.make())) {
            throw new TraceException(file, "make", "it is of a machine of another make: '" + trace.head().make()
                    + "' here='" + start.make() + "'");
        }
        if (!trace.head().registers().equals(Stands.names())) {
            throw new TraceException(file, "HEAD", "it is of a machine with other registers");
        }
        return start;
    }

    /**
     * Refuses a trace that a build made whose machines do something else.
     *
     * @param trace     what was recorded
     * @param behaviour of this build's machines
     * @throws TraceException when the numbers differ
     */
    public static void require(final Trace trace, final int behaviour) {
        if (trace.head().behaviour() != behaviour) {
            throw new TraceException(trace.file().toString(), "HEAD", "it was recorded by Ringside "
                    + trace.head().build() + ", whose machines are of behaviour " + trace.head().behaviour()
                    + "; those of this build are of behaviour " + behaviour
                    + " and would run the guest differently: replay it with a build of the same behaviour");
        }
    }

    /**
     * Runs, and compares at each tick and checkpoint, and each event where there is a stream.
     *
     * @param until steps at which to stop at the latest; where there is no such place, at the one behind it
     * @return the first difference
     */
    public Optional<Divergence> verify(final long until) {
        machine.addObserver(counter);
        final EventComparison comparison = trace.head().events() ? new EventComparison(trace) : null;
        if (comparison != null) {
            machine.addObserver(comparison);
        }
        try {
            for (int i = 0; i < trace.stretches().size() && machine.steps() < until; i++) {
                if (comparison != null) {
                    comparison.beginNext();
                }
                final Optional<Divergence> found = verify(i, until, comparison);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } finally {
            machine.removeObserver(counter);
            if (comparison != null) {
                machine.removeObserver(comparison);
                comparison.close();
            }
        }
    }

    private Optional<Divergence> verify(final int number, final long until, final EventComparison comparison) {
        final Stretch stretch = trace.stretches().get(number);
        for (final Tick tick : stretch.ticks()) {
            if (tick.steps() > until) {
                break;
            }
            final Optional<Divergence> found = go(stretch, tick.steps(), comparison, false);
            if (found.isPresent()) {
                return found;
            }
            if (!Stands.tick(machine).equals(tick)) {
                return Optional.of(differs(Divergence.What.REGISTERS, stretch));
            }
            goodSteps = tick.steps();
        }
        final boolean whole = stretch.end().steps() <= until;
        final boolean last = whole && number == trace.stretches().size() - 1 && trace.end().isPresent();
        final Optional<Divergence> found =
                go(stretch, whole ? stretch.end().steps() : until, whole ? comparison : null, last);
        if (found.isPresent() || !whole) {
            return found;
        }
        return checkpoint(stretch, last, comparison);
    }

    private Optional<Divergence> checkpoint(
            final Stretch stretch, final boolean last, final EventComparison comparison) {
        if (comparison != null && !comparison.isWhole()) {
            return Optional.of(event(stretch, comparison));
        }
        final Snapshot here = machine.snapshot();
        final Checkpoint recorded = stretch.end();
        final Checkpoint now = Stands.checkpoint(machine, here);
        if (!Stands.isEqual(recorded.registers(), now.registers()) || recorded.cycles() != now.cycles()
                || recorded.cpu() != now.cpu()) {
            return Optional.of(differs(Divergence.What.REGISTERS, stretch));
        }
        if (!recorded.hash().equals(now.hash())) {
            // Ticks know registers only: what differs in RAM may have done so since the checkpoint before.
            goodSteps = good.steps();
            return Optional.of(differs(Divergence.What.STATE, stretch));
        }
        if (last && !isEndAsRecorded()) {
            return Optional.of(differs(Divergence.What.END, stretch));
        }
        counter.take();
        checkpoints++;
        good = here;
        goodSteps = here.steps();
        return Optional.empty();
    }

    private boolean isEndAsRecorded() {
        final long before = machine.steps();
        if (trace.end().orElseThrow().over() && ended == null) {
            final RunResult more = machine.run(Budget.steps(1));
            ended = more instanceof RunResult.BudgetSpent ? null : more;
        }
        return machine.steps() == before && trace.end().orElseThrow().over() == (ended != null)
                && (ended == null || ended.describe().equals(trace.end().orElseThrow().result()));
    }

    /** Runs to a place where the recorded run stopped too. */
    private Optional<Divergence> go(
            final Stretch stretch, final long steps, final EventComparison comparison, final boolean mayEnd) {
        if (machine.steps() < steps) {
            final RunResult result = machine.run(Budget.steps(steps - machine.steps()));
            ended = result instanceof RunResult.BudgetSpent ? null : result;
        }
        if (comparison != null && comparison.differs()) {
            return Optional.of(event(stretch, comparison));
        }
        if (ended != null && (!mayEnd || machine.steps() != steps)) {
            return Optional.of(differs(Divergence.What.END, stretch));
        }
        return machine.steps() == steps || comparison == null && isWithin(steps, stretch) ? Optional.empty()
                : Optional.of(differs(Divergence.What.STEPS, stretch));
    }

    /** {@return whether nobody said that the recorded run stopped at a step} */
    private static boolean isWithin(final long steps, final Stretch stretch) {
        return steps != stretch.end().steps() && stretch.ticks().stream().noneMatch(tick -> tick.steps() == steps);
    }

    /** What is different without an event to tell it: as much as can be seen at the stretch's end. */
    private Divergence differs(final Divergence.What what, final Stretch stretch) {
        final long seen = machine.steps();
        final int cpu = machine.turn();
        final long rip = machine.cpu(cpu).read(CpuRegister.RIP);
        final boolean near = stretch.end().steps() - seen <= MOST_BEHIND;
        if (ended == null && seen < stretch.end().steps() && near) {
            final RunResult result = machine.run(Budget.steps(stretch.end().steps() - seen));
            ended = result instanceof RunResult.BudgetSpent ? null : result;
        }
        final List<Divergence.Detail> details = new ArrayList<>();
        if (ended != null || what == Divergence.What.END) {
            final String recorded = stretch == trace.stretches().getLast() && trace.end().isPresent()
                    ? trace.end().get().result() : "goes on";
            final String here = ended == null ? "goes on" : ended.describe();
            if (what == Divergence.What.END || !recorded.equals(here)) {
                details.add(new Divergence.Detail("end", recorded, here));
            }
        }
        if (near) {
            Differences.registers(machine, stretch.end(), details);
            Differences.rows(trace.symbols(), stretch.rows(), counter.take(), details);
        }
        return new Divergence(what, goodSteps, seen, false, cpu, rip, Optional.empty(), Optional.empty(), List.of(),
                details, stretch.end().steps());
    }

    /** The first event that is different, and the step before it. */
    private Divergence event(final Stretch stretch, final EventComparison comparison) {
        final long seen = machine.steps();
        final Optional<TraceEvent> recorded = comparison.recorded();
        final Optional<TraceEvent> here = comparison.here();
        machine.removeObserver(comparison);
        // The recording has registers at its checkpoints only: there they can be held against each other.
        final Divergence later = differs(Divergence.What.EVENT, stretch);
        if (here.isEmpty()) {
            // All that came was recorded, and more was: no place tells where it should have come.
            return new Divergence(Divergence.What.EVENT, goodSteps, seen, false, later.cpu(), later.rip(), recorded,
                    here, List.of(), later.details(), later.checkpoint());
        }
        final boolean exact = locate(here.get(), seen);
        final int cpu = here.get().cpu();
        return new Divergence(Divergence.What.EVENT, exact ? machine.steps() : goodSteps, seen, exact, cpu,
                machine.cpu(cpu).read(CpuRegister.RIP), recorded, here,
                exact ? Stands.named(machine, cpu) : List.of(), later.details(), later.checkpoint());
    }

    /** Goes to before the step with which an event comes. */
    private boolean locate(final TraceEvent event, final long seen) {
        final EventSeeker seeker = new EventSeeker(event);
        machine.removeObserver(counter);
        machine.restore(good);
        run(goodSteps - machine.steps());
        machine.addObserver(seeker);
        try {
            Snapshot low = machine.snapshot();
            long high = seen;
            while (high - low.steps() > CpuEngine.LONGEST_BLOCK) {
                machine.restore(low);
                final long before = seeker.hits();
                run((high - low.steps()) / 2);
                if (machine.steps() >= high) {
                    break;
                }
                if (isReached(seeker, before, event)) {
                    high = machine.steps();
                } else {
                    low = machine.snapshot();
                }
            }
            machine.restore(low);
            while (machine.steps() < seen) {
                final long before = seeker.hits();
                low = machine.snapshot();
                run(1);
                if (isReached(seeker, before, event)) {
                    narrow(low, machine.steps(), seeker, event);
                    return true;
                }
                if (machine.steps() == low.steps()) {
                    return false;
                }
            }
            return false;
        } finally {
            machine.removeObserver(seeker);
            machine.addObserver(counter);
        }
    }

    /** Goes within a block to before the step with which an event comes; a block itself comes at its beginning. */
    private void narrow(final Snapshot begin, final long end, final EventSeeker seeker, final TraceEvent event) {
        long low = begin.steps();
        long high = event.kind() == EventKind.BLOCK ? low : end;
        while (high - low > 1) {
            final long middle = (low + high) / 2;
            machine.restore(begin);
            final long before = seeker.hits();
            machine.runWithin((int) (middle - begin.steps()));
            if (isReached(seeker, before, event)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        machine.restore(begin);
        if (low > begin.steps()) {
            machine.runWithin((int) (low - begin.steps()));
        }
    }

    private boolean isReached(final EventSeeker seeker, final long before, final TraceEvent event) {
        return seeker.hits() > before || machine.cycles(event.cpu()) > event.cycle();
    }

    private void run(final long steps) {
        if (steps > 0) {
            machine.run(Budget.steps(steps));
        }
    }

    /**
     * Goes from where {@link #verify} stopped, which is at or behind the last checkpoint, to a step.
     *
     * @param step  where to go; not before that checkpoint
     * @param inside whether to go between two instructions of a block; what is there is to be looked at only
     * @return the step where the machine stands: that one, or the last place before it
     */
    public long go(final long step, final boolean inside) {
        if (machine.steps() > step) {
            machine.restore(good);
        }
        Snapshot before = machine.snapshot();
        while (machine.steps() < step) {
            before = machine.snapshot();
            final RunResult result = machine.run(
                    Budget.steps(Math.max(1, step - machine.steps() - CpuEngine.LONGEST_BLOCK)));
            if (!(result instanceof RunResult.BudgetSpent)) {
                break;
            }
        }
        if (machine.steps() > step) {
            machine.restore(before);
            if (inside && step > machine.steps()) {
                machine.runWithin((int) (step - machine.steps()));
            }
        }
        return machine.steps();
    }

    /** {@return how many checkpoints were equal} */
    public int checkpoints() {
        return checkpoints;
    }

    /** {@return the machine, to be looked at} */
    public Machine machine() {
        return machine;
    }
}
