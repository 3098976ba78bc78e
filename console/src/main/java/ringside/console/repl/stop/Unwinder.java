package ringside.console.repl.stop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.console.repl.guest.Code;
import ringside.console.repl.guest.Guest;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;

/**
 * Who called whom, from the history: goes back to where the running routine was entered, looks at the step before that,
 * and so on. It needs no frame pointers and no layouts, and finds its way through interrupts and system calls.
 */
public final class Unwinder {
    private static final int MOST_TRIES = 100;
    private static final long MOST_STACK = 1 << 20;

    private final Guest guest;
    private final Timeline timeline;

    /**
     * Unwinds a guest.
     *
     * @param guest whose selected vCPU it is about
     */
    public Unwinder(final Guest guest) {
        this.guest = guest;
        timeline = guest.timeline();
    }

    /** How control got from a frame to the one inside it. */
    public enum Way {
        /** It is the innermost one. */
        NONE(""),
        /** By a call. */
        CALL("called"),
        /** By a jump, or by going on into the next routine. */
        JUMP("jumped"),
        /** By SYSCALL, SYSENTER or INT. */
        SYSTEM_CALL("made a system call"),
        /** By an exception or an interrupt. */
        INTERRUPT("was interrupted"),
        /** By a return to a place that was not called from: a thread begins. */
        START("started it");

        private final String word;

        Way(final String word) {
            this.word = word;
        }

        /** {@return the way, for people} */
        public String word() {
            return word;
        }
    }

    /**
     * A routine that is not done.
     *
     * @param step where it left for the one inside it
     * @param pc   the instruction that left, or comes next in the innermost one
     * @param sp   the stack pointer there
     * @param back where control comes back to
     * @param way  how it left
     */
    public record Frame(long step, long pc, long sp, long back, Way way) {
    }

    /**
     * Frames, the innermost one first.
     *
     * @param frames at least one
     * @param end    why there are no more
     */
    public record Trace(List<Frame> frames, String end) {
        /** Copies the list. */
        public Trace {
            frames = List.copyOf(frames);
        }
    }

    /**
     * {@return who called the running routine; the guest stands where it stood}
     *
     * @param most how many frames at most
     */
    public Trace trace(final int most) {
        final long step = guest.machine().steps();
        final int cpu = guest.cpu();
        final List<Frame> frames = new ArrayList<>();
        frames.add(new Frame(step, rip(), rsp(), rip(), Way.NONE));
        String end = "there may be more: 'backtrace N' shows N";
        try {
            while (frames.size() < most) {
                final Optional<Frame> outer = outer(frames.getLast());
                if (outer.isEmpty()) {
                    end = problem;
                    break;
                }
                frames.add(outer.get());
                if (outer.get().way() == Way.START) {
                    end = "the thread begins there";
                    break;
                }
            }
        } finally {
            timeline.go(step);
            guest.select(cpu);
        }
        return new Trace(frames, end);
    }

    private String problem = "";

    private long rip() {
        return guest.register(CpuRegister.RIP);
    }

    private long rsp() {
        return guest.register(CpuRegister.RSP);
    }

    /** The guest stands where a frame was left; afterwards where the outer one was. */
    private Optional<Frame> outer(final Frame inner) {
        final Optional<Long> begin = guest.image().symbols().at(inner.pc()).map(symbol -> symbol.address());
        if (begin.isEmpty()) {
            problem = "no symbol tells where the routine at 0x" + Long.toHexString(inner.pc()) + " begins";
            return Optional.empty();
        }
        final List<CodeOn> entry = List.of(new CodeOn(List.of(begin.get()), guest.cpu()));
        if (inner.pc() != begin.get() && !back(entry)) {
            return Optional.empty();
        }
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            final long there = guest.machine().steps();
            final long above = rsp() - inner.sp();
            final Optional<Frame> outer = before();
            if (outer.isEmpty()) {
                return outer;
            }
            if (above >= 0 && above < MOST_STACK || outer.get().way() == Way.SYSTEM_CALL
                    || outer.get().way() == Way.INTERRUPT && tries == 0) {
                return outer;
            }
            timeline.go(there);
            if (!back(entry)) {
                return Optional.empty();
            }
        }
        problem = "the routine was entered " + MOST_TRIES + " times with other stacks";
        return Optional.empty();
    }

    private boolean back(final List<CodeOn> entry) {
        final Stop stop = timeline.back(entry);
        if (stop.reason() != Stop.Reason.CONDITION) {
            problem = stop.reason() == Stop.Reason.INTERRUPTED ? "interrupted"
                : "the history does not reach back to where this routine was entered";
            return false;
        }
        return true;
    }

    /** Goes back by one step of the vCPU: the frame that left there. */
    private Optional<Frame> before() {
        final long entered = rip();
        final long executed = guest.machine().steps(guest.cpu());
        if (timeline.back(guest.cpu()).reason() == Stop.Reason.START && guest.machine().steps(guest.cpu()) == executed
                && rip() == entered) {
            problem = "the machine begins there";
            return Optional.empty();
        }
        final long pc = rip();
        final long step = guest.machine().steps();
        if (guest.machine().steps(guest.cpu()) == executed) {
            return Optional.of(new Frame(step, pc, rsp(), pc, Way.INTERRUPT));
        }
        final Optional<Code.Line> line = guest.code().at(pc);
        final long next = pc + line.map(Code.Line::length).orElse(0);
        final Way way = line.map(Unwinder::way).orElse(Way.JUMP);
        return Optional.of(new Frame(step, pc, rsp(), next, way));
    }

    private static Way way(final Code.Line line) {
        if (line.isCall()) {
            return Way.CALL;
        }
        if (line.isSystemCall()) {
            return Way.SYSTEM_CALL;
        }
        return line.text().startsWith("sysret") || line.text().startsWith("iret") ? Way.START : Way.JUMP;
    }
}
