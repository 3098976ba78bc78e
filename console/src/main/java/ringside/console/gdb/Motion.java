package ringside.console.gdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Machine;
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

    /** Steps between two looks at what the guest said. */
    private static final long PIECE = 16_000_000;

    private final Timeline timeline;
    private final Points points;
    private final Consumer<byte[]> console;
    private int shown;

    /**
     * Why a way ended.
     *
     * @param signal gdb's number of it
     * @param cpu    whose thread stopped
     * @param why    the stop reply's own words, each with a semicolon behind it; empty for a step
     */
    record Halt(int signal, int cpu, String why) {
    }

    /**
     * Makes it.
     *
     * @param timeline of the machine
     * @param points   where to stop
     * @param console  takes what the guest says, once
     */
    Motion(final Timeline timeline, final Points points, final Consumer<byte[]> console) {
        this.timeline = timeline;
        this.points = points;
        this.console = console;
    }

    /** Runs all vCPUs. */
    Halt forward(final BooleanSupplier interrupted) {
        return forward(List.of(), new Aim(-1, null), interrupted);
    }

    /** Goes on by one step of a vCPU, while the others have their turns. */
    Halt step(final int cpu, final BooleanSupplier interrupted) {
        if (!points.hasWatches()) {
            final Machine machine = timeline.machine();
            final long steps = machine.steps(cpu);
            final long rip = machine.cpu(cpu).read(CpuRegister.RIP);
            while (timeline.ended().isEmpty() && timeline.nextCpu() == cpu) {
                timeline.next();
                if (machine.steps(cpu) != steps || machine.cpu(cpu).read(CpuRegister.RIP) != rip) {
                    tell();
                    return timeline.ended().isPresent() ? over(cpu) : new Halt(TRAP, cpu, "");
                }
            }
        }
        return forward(List.of(new StepOf(timeline.machine(), cpu)), new Aim(cpu, null), interrupted);
    }

    /** Goes on until a vCPU leaves a range of addresses. */
    Halt leave(final int cpu, final long start, final long end, final BooleanSupplier interrupted) {
        final RangeLeft range = new RangeLeft(cpu, start, end);
        if (start == end || range.isOutside(CpuRegisters.place(timeline.machine(), cpu))) {
            return step(cpu, interrupted);
        }
        return forward(List.of(range), new Aim(cpu, range), interrupted);
    }

    /** What a step is for: whose, and until when. */
    private record Aim(int cpu, RangeLeft range) {
        private boolean isReached(final Machine machine, final int next) {
            return range != null && next == cpu && range.isOutside(CpuRegisters.place(machine, cpu));
        }
    }

    private Halt forward(final List<Condition> own, final Aim aim, final BooleanSupplier interrupted) {
        final List<Condition> conditions = new ArrayList<>(own);
        conditions.addAll(points.conditions());
        while (true) {
            final Stop stop = conditions.isEmpty() ? timeline.forward(PIECE) : timeline.forward(conditions, PIECE);
            tell();
            if (stop.reason() == Stop.Reason.ENDED) {
                return over(timeline.machine().turn());
            }
            final Halt halt = stop.reason() == Stop.Reason.INTERRUPTED ? null : told(stop, own, aim, true);
            if (halt != null) {
                return halt;
            }
            if (interrupted.getAsBoolean()) {
                return new Halt(INTERRUPT, timeline.nextCpu(), "");
            }
        }
    }

    private Halt over(final int cpu) {
        return new Halt(TRAP, cpu, "replaylog:end;");
    }

    /** {@return what is to be told of a place, null if nothing: then the way goes on} */
    private Halt told(final Stop stop, final List<Condition> own, final Aim aim, final boolean forward) {
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
        return back(cpu, List.of(), interrupted);
    }

    private Halt back(final int cpu, final List<Condition> own, final BooleanSupplier interrupted) {
        final List<Condition> conditions = new ArrayList<>(own);
        conditions.addAll(points.conditions());
        if (conditions.isEmpty()) {
            timeline.go(0);
            return start(cpu);
        }
        while (true) {
            final Stop stop = timeline.back(conditions);
            if (stop.reason() == Stop.Reason.START) {
                return start(cpu);
            }
            final Halt halt = stop.reason() == Stop.Reason.INTERRUPTED ? null
                    : told(stop, own, new Aim(cpu, null), false);
            if (halt != null) {
                return halt;
            }
            if (interrupted.getAsBoolean()) {
                return new Halt(INTERRUPT, timeline.nextCpu(), "");
            }
        }
    }

    private static Halt start(final int cpu) {
        return new Halt(TRAP, cpu, "replaylog:begin;");
    }

    /** Goes back by one step of a vCPU. */
    Halt stepBack(final int cpu, final BooleanSupplier interrupted) {
        final Machine machine = timeline.machine();
        final long steps = machine.steps(cpu);
        final long rip = machine.cpu(cpu).read(CpuRegister.RIP);
        final long from = timeline.position().step();
        Stop stop = timeline.previous();
        if (stop.reason() == Stop.Reason.START) {
            return start(cpu);
        }
        if (machine.steps(cpu) == steps && machine.cpu(cpu).read(CpuRegister.RIP) == rip) {
            timeline.go(from);
            return back(cpu, List.of(new StepOf(timeline.machine(), cpu)), interrupted);
        }
        if (points.hasWatches()) {
            final long here = timeline.position().step();
            stop = timeline.forward(points.watches(), 1);
            final String watched = stop.met().stream().map(points::watched).findFirst().orElse("");
            timeline.go(here);
            return new Halt(TRAP, cpu, watched);
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
