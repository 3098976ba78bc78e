package ringside.console.repl.stop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import ringside.console.repl.expression.ExpressionException;
import ringside.console.repl.guest.Guest;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.RunResult;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;

/** Goes forward and back to breakpoints, and says why it stopped. */
public final class Runner {
    private static final long FRAME = ~0xFFFL;
    private static final String INTERRUPTED = "interrupted";

    private final Guest guest;
    private final Timeline timeline;
    private final Breakpoints breakpoints;
    private final EventLog events;
    private final BooleanSupplier asked;
    private final Allowance allowance = new Allowance();

    /**
     * Makes a runner.
     *
     * @param guest       that runs
     * @param breakpoints to stop at
     * @param events      told while it goes forward
     * @param asked       tells, and forgets, that somebody asked to stop
     */
    public Runner(final Guest guest, final Breakpoints breakpoints, final EventLog events,
                  final BooleanSupplier asked) {
        this.asked = asked;
        this.guest = guest;
        timeline = guest.timeline();
        this.breakpoints = breakpoints;
        this.events = events;
    }

    /** {@return whether somebody asked to stop since this was asked last} */
    boolean isAskedToStop() {
        return asked.getAsBoolean();
    }

    /** {@return how far it may go in all} */
    public Allowance allowance() {
        return allowance;
    }

    /**
     * Goes forward to the next breakpoint.
     *
     * @param steps how many at most
     * @param until where to stop as well
     * @return where it ended
     */
    public Halt forward(final long steps, final Optional<Until> until) {
        final long from = guest.machine().steps();
        final long most = Math.min(steps, allowance.left());
        if (most == 0) {
            throw allowance.spent(" at " + timeline.position());
        }
        final Halt halt = go(true, most > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + most, until);
        events.passed(from, guest.machine().steps());
        passed(from);
        if (most < steps && "step".equals(halt.reason()) && halt.met().isEmpty()
                && guest.machine().steps() - from >= most) {
            throw allowance.spent(" at " + timeline.position());
        }
        return halt;
    }

    /** Takes a way forward off what is left. */
    private void passed(final long from) {
        allowance.spend(guest.machine().steps() - from);
    }

    /** {@return what the breakpoints look for, for somebody else who goes on} One that waits learns it on the way. */
    public List<Condition> conditions() {
        return breakpoints.enabled().stream().map(one -> one.spec().condition()).toList();
    }

    /**
     * {@return where somebody else who goes on is to stop, if he is; the machine stands then where it stood}
     *
     * @param stop    at which some of the conditions came about
     * @param forward whether the way there was
     */
    public Optional<Halt> met(final Stop stop, final boolean forward) {
        resolved(stop);
        return met(stop, forward, Optional.empty());
    }

    /**
     * Goes back to the last breakpoint.
     *
     * @param until where to stop as well
     * @return where it ended
     */
    public Halt back(final Optional<Until> until) {
        return go(false, 0, until);
    }

    /**
     * Goes to a place, forward or back, and stops nowhere on the way.
     *
     * @param step how many steps come before it
     * @return where it ended
     */
    public Halt to(final long step) {
        final long from = guest.machine().steps();
        final long known = timeline.farthest();
        allowance.require(step - Math.max(from, known));
        final Stop stop = timeline.go(step);
        if (guest.machine().steps() > known) {
            passed(Math.max(from, known));
        }
        guest.select(timeline.nextCpu());
        events.passed(from, guest.machine().steps());
        return unmet(stop);
    }

    /**
     * Goes back to where memory was written last.
     *
     * @param name   of the memory, for people
     * @param memory which
     * @return before the step that wrote it, or where the history begins
     */
    public Halt writer(final String name, final Breakpoint.Watched memory) {
        final Stop stop = timeline.lastWriter(memory.physical(), memory.bytes());
        guest.select(timeline.nextCpu());
        if (stop.edit().isPresent()) {
            return written(name, memory, stop);
        }
        if (stop.reason() == Stop.Reason.START) {
            return Halt.of("start", name + " was not written since the machine began: what is there was loaded; the "
                + "history begins here");
        }
        return stop.reason() == Stop.Reason.CONDITION
            ? Halt.of("watchpoint", name + " is written: " + new StopText(guest).change(memory, true)) : unmet(stop);
    }

    /** {@return where it ended that memory was written last by who sits at the console} */
    private Halt written(final String name, final Breakpoint.Watched memory, final Stop stop) {
        if (stop.reason() == Stop.Reason.START) {
            return Halt.of("start", name + " was set at the console here, where the history begins");
        }
        final StopText text = new StopText(guest);
        return Halt.of("watchpoint", name + " was set at the console" + text.edited(stop) + ": "
            + text.change(memory, true));
    }

    private Halt go(final boolean forward, final long limit, final Optional<Until> until) {
        while (true) {
            final List<Condition> conditions = new ArrayList<>(conditions());
            until.ifPresent(one -> conditions.add(one.condition()));
            final Stop stop = way(forward, limit, conditions);
            if (stop.reason() != Stop.Reason.CONDITION) {
                guest.select(timeline.nextCpu());
                return unmet(stop);
            }
            final boolean resolved = resolved(stop);
            final Optional<Halt> halt = met(stop, forward, until);
            if (halt.isPresent()) {
                return halt.get();
            }
            if (resolved && forward) {
                // What it waited for may be what it stops at.
                timeline.previous();
                continue;
            }
            if (forward && guest.machine().steps() >= limit) {
                return Halt.of("step", "");
            }
            // A look at what was met may have taken the timeline's word of it.
            if (asked.getAsBoolean()) {
                return Halt.of("interrupt", INTERRUPTED);
            }
        }
    }

    /** {@return whether a breakpoint that waited for something has found it here} */
    private boolean resolved(final Stop stop) {
        boolean any = false;
        for (final Breakpoint one : breakpoints.enabled()) {
            if (one.isPending() && stop.met().contains(one.spec().condition())) {
                guest.select(stop.position().cpu());
                any |= one.resolve();
            }
        }
        return any;
    }

    private Stop way(final boolean forward, final long limit, final List<Condition> conditions) {
        if (!forward) {
            return conditions.isEmpty() ? toStart() : timeline.back(conditions);
        }
        final long left = limit - guest.machine().steps();
        return conditions.isEmpty() ? timeline.forward(left) : timeline.forward(conditions, left);
    }

    private Stop toStart() {
        final Stop stop = timeline.go(0);
        return stop.reason() == Stop.Reason.ARRIVED
            ? new Stop(stop.position(), Stop.Reason.START, List.of(), Optional.empty()) : stop;
    }

    /** {@return why a way ended that met nothing} */
    Halt unmet(final Stop stop) {
        return switch (stop.reason()) {
            case ENDED -> Halt.of("end", stop.ended().map(this::ended).orElse("the guest's run is over"));
            case START -> Halt.of("start", "the history begins here");
            case INTERRUPTED -> Halt.of("interrupt", INTERRUPTED);
            default -> Halt.of("step", "");
        };
    }

    /**
     * {@return what ended a guest, for people}
     *
     * @param result of its run
     */
    public String ended(final RunResult result) {
        final int port = result instanceof RunResult.Halted ? guest.machine().awaitedPort() : 0;
        return port == 0 ? result.describe() : "the guest waits for input at COM" + port
            + (port == 1 ? ": 'type TEXT' gives it some" : "");
    }

    private Optional<Halt> met(final Stop stop, final boolean forward, final Optional<Until> until) {
        final boolean before = !forward || stop.met().stream().anyMatch(Condition::stopsBefore);
        final int was = guest.cpu();
        guest.select(cpuOf(stop.position().step(), before));
        final List<Breakpoint> stopped = new ArrayList<>();
        String firstProblem = "";
        for (final Breakpoint one : breakpoints.enabled()) {
            if (one.isPending() || !stop.met().contains(one.spec().condition())) {
                continue;
            }
            try {
                if (isWanted(one, forward) && one.meet()) {
                    stopped.add(one);
                }
            } catch (final ExpressionException failed) {
                if (stopped.isEmpty()) {
                    firstProblem = "; its condition has no value: " + failed.getMessage();
                }
                stopped.add(one);
            }
        }
        if (!stopped.isEmpty()) {
            final StopText words = new StopText(guest);
            final String text = words.of(stopped.getFirst(), before) + (stop.edit().isPresent()
                ? ", set at the console" + words.edited(stop) : "") + firstProblem;
            final Halt halt = new Halt(stopped.getFirst().spec().kind().word(), text, stopped);
            stopped.stream().filter(one -> one.spec().temporary()).forEach(breakpoints::remove);
            return Optional.of(halt);
        }
        if (until.isPresent() && stop.met().contains(until.get().condition()) && until.get().holds().getAsBoolean()) {
            return Optional.of(Halt.of(until.get().reason(), ""));
        }
        guest.select(was);
        return Optional.empty();
    }

    /** Of what is met behind a step the condition is about the machine there, whichever way it was come by. */
    private boolean isWanted(final Breakpoint one, final boolean forward) {
        final Breakpoint.Spec spec = one.spec();
        if (spec.condition() instanceof RegisterWritten watch && !new StopText(guest).changes(watch, !forward)) {
            return false;
        }
        if (forward || spec.condition().stopsBefore() || spec.filter().isEmpty() && spec.space().isEmpty()) {
            return isWanted(spec);
        }
        final long step = guest.machine().steps();
        final int cpu = guest.cpu();
        timeline.next();
        guest.select(cpu);
        try {
            return isWanted(spec);
        } finally {
            timeline.go(step);
            guest.select(cpu);
        }
    }

    private boolean isWanted(final Breakpoint.Spec spec) {
        return (spec.space().isEmpty()
                || (guest.register(CpuRegister.CR3) & FRAME) == (spec.space().getAsLong() & FRAME))
            && (spec.filter().isEmpty() || spec.filter().get().value(guest) != 0);
    }

    /** The vCPU that does what was met, or did it in the step before this place. */
    private int cpuOf(final long step, final boolean before) {
        if (before || step == 0) {
            return timeline.nextCpu();
        }
        timeline.go(step - 1);
        final int cpu = timeline.nextCpu();
        timeline.go(step);
        return cpu;
    }
}
