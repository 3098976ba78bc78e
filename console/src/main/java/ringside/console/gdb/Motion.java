package ringside.console.gdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.RunResult;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.StepOf;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;

/** Runs, steps and their ways back, up to what gdb is to be told. */
final class Motion {
    /** gdb's number of SIGTRAP. */
    static final int TRAP = 5;
    /** Its number of SIGINT. */
    static final int INTERRUPT = 2;
    /** Its number for no signal: the thread has stopped, and gdb says so. */
    static final int NONE = 0;

    /** Steps between two looks at what the guest said. */
    private static final long PIECE = 16_000_000;
    private static final String BEGINNING = "the history begins here";

    private final Timeline timeline;
    private final Points points;
    private final Monitor monitor;
    private final Consumer<byte[]> console;
    private int shown;
    private StepMode stepMode = StepMode.PLAIN;

    /**
     * Why a way ended.
     *
     * @param signal gdb's number of it
     * @param cpu    whose thread stopped
     * @param why    the stop reply's own words, each with a semicolon behind it; empty for a step
     * @param note   what a person is told before it, a line; empty for nothing
     */
    record Halt(int signal, int cpu, String why, String note) {
        Halt(final int signal, final int cpu, final String why) {
            this(signal, cpu, why, "");
        }

        /** {@return whether a step is over, and nothing else} */
        private boolean isStep() {
            return signal == TRAP && why.isEmpty() && note.isEmpty();
        }
    }

    /**
     * Makes it.
     *
     * @param timeline of the machine
     * @param points   where to stop
     * @param monitor  has breakpoints, too
     * @param console  takes what the guest says, once
     */
    Motion(final Timeline timeline, final Points points, final Monitor monitor, final Consumer<byte[]> console) {
        this.timeline = timeline;
        this.points = points;
        this.monitor = monitor;
        this.console = console;
    }

    /** Runs all vCPUs. */
    Halt forward(final BooleanSupplier interrupted) {
        return forward(List.of(), new Aim(-1, null, null), interrupted);
    }

    /** {@return what a step is} */
    StepMode stepMode() {
        return stepMode;
    }

    void stepMode(final StepMode mode) {
        stepMode = mode;
    }

    /** Goes on by one step of a vCPU, while the others have their turns. */
    Halt step(final int cpu, final BooleanSupplier interrupted) {
        return pastInterrupts(cpu, () -> stepOnce(cpu, interrupted), interrupted);
    }

    /** Goes a way of a vCPU's steps, again where its end was an interrupt that is not to count. */
    private Halt pastInterrupts(final int cpu, final Supplier<Halt> way, final BooleanSupplier interrupted) {
        while (true) {
            Halt halt = way.get();
            if (!stepMode.skipsInterrupts() || !halt.isStep()) {
                return halt;
            }
            final Optional<InterruptedAt> came = InterruptedAt.last(timeline, cpu);
            if (came.isEmpty()) {
                return halt;
            }
            do {
                halt = forward(List.of(came.get().back()), new Aim(cpu, null, stand(cpu)), interrupted);
                if (!halt.isStep()) {
                    return halt;
                }
                if (interrupted.getAsBoolean()) {
                    return new Halt(INTERRUPT, cpu, "");
                }
            } while (!came.get().isBack(timeline.machine()));
        }
    }

    private Halt stepOnce(final int cpu, final BooleanSupplier interrupted) {
        final Stand from = stand(cpu);
        if (!points.hasWatches() && monitor.conditions().isEmpty()) {
            while (timeline.ended().isEmpty() && timeline.nextCpu() == cpu) {
                timeline.next();
                if (!stand(cpu).equals(from)) {
                    tell();
                    return new Halt(TRAP, cpu, "");
                }
            }
        }
        return forward(List.of(new StepOf(timeline.machine(), cpu)), new Aim(cpu, null, from), interrupted);
    }

    /** Where a vCPU stands by itself, while others may move. */
    private record Stand(long steps, long rip) {
    }

    private Stand stand(final int cpu) {
        return new Stand(timeline.machine().steps(cpu), timeline.machine().cpu(cpu).read(CpuRegister.RIP));
    }

    /** Goes on until a vCPU leaves a range of addresses. */
    Halt leave(final int cpu, final long start, final long end, final BooleanSupplier interrupted) {
        return pastInterrupts(cpu, () -> leaveOnce(cpu, start, end, interrupted), interrupted);
    }

    private Halt leaveOnce(final int cpu, final long start, final long end, final BooleanSupplier interrupted) {
        final RangeLeft range = new RangeLeft(cpu, start, end);
        if (start == end || range.isOutside(CpuRegisters.place(timeline.machine(), cpu))) {
            return stepOnce(cpu, interrupted);
        }
        return forward(List.of(range), new Aim(cpu, range, stand(cpu)), interrupted);
    }

    /** What a step is for: whose, until when, and from where; nobody's for a run. */
    private record Aim(int cpu, RangeLeft range, Stand from) {
        private boolean isReached(final Machine machine, final int next) {
            return range != null && next == cpu && range.isOutside(CpuRegisters.place(machine, cpu));
        }
    }

    private Halt forward(final List<Condition> own, final Aim aim, final BooleanSupplier interrupted) {
        while (true) {
            final List<Condition> further = monitor.conditions();
            final List<Condition> conditions = all(own, further);
            final Stop stop = conditions.isEmpty() ? timeline.forward(PIECE) : timeline.forward(conditions, PIECE);
            tell();
            if (stop.reason() == Stop.Reason.ENDED) {
                return aim.from == null ? new Halt(TRAP, timeline.machine().turn(), "replaylog:end;", ending())
                        : unmoved(aim.cpu, aim.from, ending());
            }
            final Halt halt = stop.reason() == Stop.Reason.INTERRUPTED ? null : told(stop, own, aim, true);
            if (halt != null) {
                return halt;
            }
            if (interrupted.getAsBoolean()) {
                return new Halt(INTERRUPT, timeline.nextCpu(), "");
            }
            if (!monitor.conditions().equals(further)) {
                // What one of them waited for is here, and may be what it stops at.
                timeline.previous();
            }
        }
    }

    private List<Condition> all(final List<Condition> own, final List<Condition> further) {
        final List<Condition> all = new ArrayList<>(own);
        all.addAll(points.conditions());
        all.addAll(further);
        return all;
    }

    /**
     * {@return how a step ends where the history does} Never with "replaylog": gdb steps off a breakpoint by itself
     * before it goes on, and where such a step meets the end of the history it waits for ever at whatever it is told
     * next.
     */
    private Halt unmoved(final int cpu, final Stand from, final String note) {
        return stand(cpu).equals(from) ? new Halt(NONE, cpu, "", note) : new Halt(TRAP, cpu, "");
    }

    private String ending() {
        final int port = timeline.ended().filter(RunResult.Halted.class::isInstance)
                .map(halted -> timeline.machine().awaitedPort()).orElse(0);
        return port == 0 ? "the run is over: " + timeline.ended().map(RunResult::describe).orElse("")
                : "the guest waits for input at COM" + port + (port == 1 ? ": 'monitor type TEXT' gives it some" : "");
    }

    /** {@return what is to be told of a place, null if nothing: then the way goes on} */
    private Halt told(final Stop stop, final List<Condition> own, final Aim aim, final boolean forward) {
        final Optional<Monitor.Met> met = met(stop, forward);
        final Halt halt = toldByPoints(stop, own, aim, forward);
        if (met.isEmpty()) {
            return halt;
        }
        // Of these gdb knows nothing, and where it steps by itself it takes a trap without a reason for the step's end.
        return halt == null || halt.why.isEmpty() ? new Halt(NONE, met.get().cpu(), "", met.get().text())
                : new Halt(halt.signal, halt.cpu, halt.why, met.get().text());
    }

    /** {@return what the monitor says of a place} A piece of the way or a step may end where one of its points is. */
    private Optional<Monitor.Met> met(final Stop stop, final boolean forward) {
        final List<Condition> further = monitor.conditions();
        if (further.isEmpty()) {
            return Optional.empty();
        }
        final List<Condition> met = new ArrayList<>(stop.met());
        if (forward && met.stream().noneMatch(Condition::stopsBefore)) {
            met.addAll(timeline.ahead(further));
        }
        met.retainAll(further);
        return met.isEmpty() ? Optional.empty() : monitor.met(new Stop(stop.position(), Stop.Reason.CONDITION, met,
                Optional.empty(), stop.edit()), forward);
    }

    private Halt toldByPoints(final Stop stop, final List<Condition> own, final Aim aim, final boolean forward) {
        for (final Condition met : stop.met()) {
            final String watched = points.watched(met);
            if (!watched.isEmpty()) {
                return new Halt(TRAP, forward ? accessor(met, stop) : stop.position().cpu(), watched);
            }
        }
        final int next = stop.position().cpu();
        // Where a piece of the way ends, a breakpoint's place is reached without its being met.
        final String code = points.codeAt(timeline.machine(), next);
        if (!code.isEmpty()) {
            return new Halt(TRAP, next, code);
        }
        final Optional<Points.Spaced> spaced = points.spacedAt(timeline.machine(), next);
        if (spaced.isPresent()) {
            return new Halt(NONE, next, "", "breakpoint at " + spaced.get().text(timeline.machine()));
        }
        if (stop.met().stream().anyMatch(own::contains) || aim.isReached(timeline.machine(), next)) {
            return new Halt(TRAP, aim.cpu, "");
        }
        return null;
    }

    /** {@return the vCPU that took the step behind which a watchpoint stopped} */
    private int accessor(final Condition met, final Stop stop) {
        if (met instanceof Watch watch) {
            return watch.lastCpu();
        }
        timeline.previous();
        final int cpu = timeline.nextCpu();
        timeline.go(stop.position().step());
        return cpu;
    }

    /** Goes back to the last place where something was to stop at. */
    Halt back(final int cpu, final BooleanSupplier interrupted) {
        return back(cpu, List.of(), null, interrupted);
    }

    private Halt back(
            final int cpu, final List<Condition> own, final Stand from, final BooleanSupplier interrupted) {
        if (all(own, monitor.conditions()).isEmpty()) {
            timeline.go(0);
            return start(cpu);
        }
        while (true) {
            final Stop stop = timeline.back(all(own, monitor.conditions()));
            if (stop.reason() == Stop.Reason.START) {
                return from == null ? start(cpu) : unmoved(cpu, from, BEGINNING);
            }
            final Halt halt = stop.reason() == Stop.Reason.INTERRUPTED ? null
                    : told(stop, own, new Aim(cpu, null, from), false);
            if (halt != null) {
                return halt;
            }
            if (interrupted.getAsBoolean()) {
                return new Halt(INTERRUPT, timeline.nextCpu(), "");
            }
        }
    }

    private static Halt start(final int cpu) {
        return new Halt(TRAP, cpu, "replaylog:begin;", BEGINNING);
    }

    /** Goes back by one step of a vCPU. */
    Halt stepBack(final int cpu, final BooleanSupplier interrupted) {
        final Stand from = stand(cpu);
        final long position = timeline.position().step();
        Stop stop = timeline.previous();
        if (stop.reason() == Stop.Reason.START) {
            return unmoved(cpu, from, BEGINNING);
        }
        if (stand(cpu).equals(from)) {
            timeline.go(position);
            return back(cpu, List.of(new StepOf(timeline.machine(), cpu)), from, interrupted);
        }
        final List<Condition> watches = new ArrayList<>(points.watches());
        watches.addAll(monitor.conditions());
        if (!watches.isEmpty()) {
            final long here = timeline.position().step();
            stop = timeline.forward(watches, 1);
            final String watched = stop.met().stream().map(points::watched).filter(word -> !word.isEmpty()).findFirst()
                    .orElse("");
            timeline.go(here);
            final Optional<Monitor.Met> met = met(new Stop(timeline.position(), stop.reason(), stop.met(),
                    Optional.empty(), stop.edit()), false);
            return new Halt(met.isPresent() && watched.isEmpty() ? NONE : TRAP, cpu, watched,
                    met.map(Monitor.Met::text).orElse(""));
        }
        return new Halt(TRAP, cpu, "");
    }

    /** Tells what the guest has said that it had not said in any earlier run. */
    private void tell() {
        if (timeline.said() > shown) {
            console.accept(timeline.said(shown));
            shown = timeline.said();
        }
    }

    /** The history was changed: what the guest says from here on is new. */
    void changed() {
        shown = Math.min(shown, timeline.said());
    }
}
