package ringside.console.repl.stop;

import java.util.List;
import java.util.Optional;
import ringside.console.repl.guest.Code;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;
import ringside.toolchain.image.SourceLine;

/** Steps of the vCPU that is looked at, by instruction and by source line, into calls and over them, both ways. */
public final class Stepper {
    private static final int MOST_OF_A_LINE = 100_000;
    private static final int MOST_INTERRUPTS = 1000;
    private static final int MOST_FRAMES = 64;
    private static final long ROOT = ~0xFFFL;

    private final Guest guest;
    private final Timeline timeline;
    private final Runner runner;
    private final EventLog events;

    /**
     * Makes a stepper.
     *
     * @param guest  that steps
     * @param runner runs over what is not stepped into
     * @param events told while it goes forward
     */
    public Stepper(final Guest guest, final Runner runner, final EventLog events) {
        this.guest = guest;
        timeline = guest.timeline();
        this.runner = runner;
        this.events = events;
    }

    private long rip() {
        return guest.pc();
    }

    private long rsp() {
        return guest.register(CpuRegister.RSP);
    }

    private Halt arrived(final Stop stop) {
        final int cpu = guest.cpu();
        final Halt halt = runner.unmet(stop);
        guest.select(cpu);
        return halt;
    }

    private static boolean isArrival(final Halt halt) {
        return "step".equals(halt.reason());
    }

    /**
     * Takes one step.
     *
     * @param forward or back
     * @param over    whether calls, system calls and interruptions count as part of it
     * @return where it ended
     */
    public Halt instruction(final boolean forward, final boolean over) {
        runner.allowance().step();
        if (runner.isAskedToStop()) {
            return Halt.of("interrupt", "interrupted");
        }
        final long from = guest.machine().steps();
        final Halt halt = forward ? over ? over() : arrived(timeline.step(guest.cpu()))
            : over ? overBack() : arrived(timeline.back(guest.cpu()));
        if (forward) {
            events.passed(from, guest.machine().steps());
        }
        return halt;
    }

    /**
     * Takes steps, at the cost of one way.
     *
     * @param times how many
     * @return where it ended
     */
    public Halt on(final long times) {
        final long most = runner.allowance().steps(times);
        if (most == 0) {
            throw runner.allowance().spent("");
        }
        final long from = guest.machine().steps();
        final Halt halt = arrived(timeline.step(guest.cpu(), most));
        events.passed(from, guest.machine().steps());
        if (most < times && isArrival(halt)) {
            throw runner.allowance().spent("");
        }
        return halt;
    }

    /**
     * Takes steps back, at the cost of one way back.
     *
     * @param times how many
     * @return where it ended
     */
    public Halt back(final long times) {
        return arrived(timeline.back(guest.cpu(), times));
    }

    private Halt over() {
        for (int i = 0; i < MOST_INTERRUPTS; i++) {
            final Optional<Code.Line> here = guest.code().at(rip());
            final long pc = rip();
            final long sp = rsp();
            final long root = guest.register(CpuRegister.CR3);
            final long executed = guest.machine().steps(guest.cpu());
            final Halt halt = arrived(timeline.step(guest.cpu()));
            if (!isArrival(halt) || here.isEmpty()) {
                return halt;
            }
            final long next = pc + here.get().length();
            final boolean interrupted = guest.machine().steps(guest.cpu()) == executed;
            if (!interrupted && (rip() == next || !(here.get().isCall() || here.get().isSystemCall()
                    || here.get().isRepeated() && rip() == pc))) {
                return halt;
            }
            final long back = interrupted && !here.get().isSystemCall() ? pc : next;
            final Halt returned = to(back, sp, root);
            if (!isArrival(returned) || !interrupted || back != pc) {
                return returned;
            }
        }
        return Halt.of("step", "interrupted " + MOST_INTERRUPTS + " times at this instruction");
    }

    /** Runs to where a call comes back to, with its stack and address space. */
    private Halt to(final long back, final long sp, final long root) {
        if (rip() == back && rsp() == sp) {
            return Halt.of("step", "");
        }
        return runner.forward(Long.MAX_VALUE, Optional.of(new Until(new CodeOn(List.of(back), CodeOn.ANY),
            () -> isFrame(sp) && isSpace(root), "step")));
    }

    private boolean isFrame(final long sp) {
        final long above = rsp() - sp;
        return above >= 0 && above < 1 << 16;
    }

    private boolean isSpace(final long root) {
        return (guest.register(CpuRegister.CR3) & ROOT) == (root & ROOT);
    }

    private Halt overBack() {
        final long pc = rip();
        final long sp = rsp();
        final long root = guest.register(CpuRegister.CR3);
        final Halt halt = arrived(timeline.back(guest.cpu()));
        final String left = guest.code().at(rip()).map(Code.Line::text).orElse("");
        if (!isArrival(halt) || !(left.startsWith("ret") || left.startsWith("iret") || left.startsWith("sysret"))) {
            return halt;
        }
        final Halt site = runner.back(Optional.of(new Until(new CallSite(pc), () -> isSiteOf(pc, sp, root), "step")));
        return isArrival(site) && rip() == pc ? overBack() : site;
    }

    private boolean isSiteOf(final long back, final long sp, final long root) {
        if (!isSpace(root) || !isFrameBelow(sp)) {
            return false;
        }
        return rip() == back || guest.code().at(rip()).filter(line -> line.isCall() || line.isSystemCall())
            .filter(line -> line.address() + line.length() == back).isPresent();
    }

    /** Some returns take arguments off the stack: it was lower before. */
    private boolean isFrameBelow(final long sp) {
        final long below = sp - rsp();
        return below >= 0 && below < 1 << 16;
    }

    /**
     * Goes to another source line; where none is known, by one instruction.
     *
     * @param forward or back
     * @param over    whether calls count as part of a line
     * @return where it ended
     */
    public Halt line(final boolean forward, final boolean over) {
        return forward ? forwardLine(over) : backLine(over);
    }

    private Optional<SourceLine> line() {
        return guest.code().line(rip());
    }

    private Halt forwardLine(final boolean over) {
        final Optional<SourceLine> begin = line();
        Halt halt = Halt.of("step", "");
        for (int i = 0; i < MOST_OF_A_LINE; i++) {
            final Optional<Code.Line> left = guest.code().at(rip());
            final long sp = rsp();
            final long root = guest.register(CpuRegister.CR3);
            halt = instruction(true, over);
            if (!isArrival(halt)) {
                return halt;
            }
            if (line().isEmpty() && begin.isPresent() && left.isPresent() && left.get().isCall()) {
                halt = to(left.get().address() + left.get().length(), sp, root);
                if (!isArrival(halt)) {
                    return halt;
                }
            }
            if (begin.isEmpty() || !line().equals(begin)) {
                return halt;
            }
        }
        return halt;
    }

    private Halt backLine(final boolean over) {
        Halt halt = instruction(false, over);
        final Optional<SourceLine> line = line();
        for (int i = 0; i < MOST_OF_A_LINE && isArrival(halt) && line.isPresent(); i++) {
            final long step = guest.machine().steps();
            final Halt earlier = instruction(false, over);
            if (!isArrival(earlier) || !line().equals(line)) {
                timeline.go(step);
                return halt;
            }
            halt = earlier;
        }
        return halt;
    }

    /** {@return where the running routine was called from, beyond jumps} */
    private Unwinder.Frame caller() {
        final Unwinder.Trace trace = new Unwinder(guest).trace(MOST_FRAMES, Stepper::isCaller);
        return Optional.of(trace.frames().getLast()).filter(Stepper::isCaller)
            .orElseThrow(() -> new RefusedException("nobody is known to have called this routine: " + trace.end()));
    }

    private static boolean isCaller(final Unwinder.Frame frame) {
        return switch (frame.way()) {
            case CALL, SYSTEM_CALL, INTERRUPT -> true;
            case NONE, JUMP, START -> false;
        };
    }

    /** {@return where it ended that the running routine was run to its return} */
    public Halt finish() {
        final Unwinder.Frame caller = caller();
        return runner.forward(Long.MAX_VALUE, Optional.of(new Until(
            new CodeOn(List.of(caller.back()), CodeOn.ANY), () -> isFrame(caller.sp()), "finish")));
    }

    /** {@return the call of the running routine, to which the guest went back} */
    public Halt reverseFinish() {
        final Unwinder.Frame caller = caller();
        timeline.go(caller.step());
        return Halt.of("finish", "");
    }
}
