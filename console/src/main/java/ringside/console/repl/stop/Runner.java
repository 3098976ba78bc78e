package ringside.console.repl.stop;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import ringside.console.repl.guest.Guest;
import ringside.emulator.machine.RunResult;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;

/** Goes forward and back to breakpoints, and says why it stopped. */
public final class Runner {
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
        final Meeting meeting = new Meeting(guest, breakpoints, Optional.empty());
        return met(meeting, stop, forward) ? Optional.of(halt(meeting, stop, isBefore(stop, forward)))
            : Optional.empty();
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
            final Meeting meeting = new Meeting(guest, breakpoints, until);
            final Stop stop = way(forward, limit, meeting);
            if (stop.reason() != Stop.Reason.CONDITION) {
                guest.select(timeline.nextCpu());
                return unmet(stop);
            }
            if (forward && !meeting.hasWaited()) {
                return halt(meeting, stop, isBefore(stop, true));
            }
            final boolean resolved = resolved(stop);
            if (met(meeting, stop, forward)) {
                return halt(meeting, stop, isBefore(stop, forward));
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

    private static boolean isBefore(final Stop stop, final boolean forward) {
        return !forward || stop.met().stream().anyMatch(Condition::stopsBefore);
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

    private Stop way(final boolean forward, final long limit, final Meeting meeting) {
        final List<Condition> conditions = meeting.conditions();
        if (!forward) {
            return conditions.isEmpty() ? toStart() : timeline.back(conditions);
        }
        final long left = limit - guest.machine().steps();
        return conditions.isEmpty() ? timeline.forward(left) : timeline.forward(conditions, left, meeting);
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

    private boolean met(final Meeting meeting, final Stop stop, final boolean forward) {
        return meeting.isStop(stop.met(), cpuOf(stop.position().step(), isBefore(stop, forward)),
            one -> isWanted(meeting, one.spec(), forward));
    }

    private Halt halt(final Meeting meeting, final Stop stop, final boolean before) {
        final List<Breakpoint> stopped = meeting.stopped();
        if (stopped.isEmpty()) {
            return Halt.of(meeting.reason(), "");
        }
        final StopText words = new StopText(guest);
        final String text = words.of(stopped.getFirst(), before) + (stop.edit().isPresent()
            ? ", set at the console" + words.edited(stop) : "") + meeting.problem();
        stopped.stream().filter(one -> one.spec().temporary()).forEach(breakpoints::remove);
        return new Halt(stopped.getFirst().spec().kind().word(), text, stopped);
    }

    /** Of what is met behind a step the condition is about the machine there, whichever way it was come by. */
    private boolean isWanted(final Meeting meeting, final Breakpoint.Spec spec, final boolean forward) {
        if (spec.condition() instanceof RegisterWritten watch && !new StopText(guest).changes(watch, !forward)) {
            return false;
        }
        if (forward || spec.condition().stopsBefore() || spec.filter().isEmpty() && spec.space().isEmpty()) {
            return meeting.holds(spec);
        }
        final long step = guest.machine().steps();
        final int cpu = guest.cpu();
        timeline.next();
        guest.select(cpu);
        try {
            return meeting.holds(spec);
        } finally {
            timeline.go(step);
            guest.select(cpu);
        }
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
