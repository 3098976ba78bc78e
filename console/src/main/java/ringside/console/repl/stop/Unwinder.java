package ringside.console.repl.stop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.console.repl.guest.Code;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.GuestMemory;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.GuestPaging;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;
import ringside.toolchain.image.ImageSymbol;

/**
 * Who called whom, from the history: goes back to where the running routine was entered, looks at the step before that,
 * and so on. It needs no frame pointers and no layouts, and finds its way through interrupts and system calls.
 *
 * <p>Where a routine begins is what the image's symbols say. Where they do not help, a word on the stack is a return
 * address if the call before it is what wrote it; and code of the kernel was entered where the CPU entered it last.
 */
public final class Unwinder {
    private static final int MOST_TRIES = 40;
    private static final long MOST_STACK = 1 << 20;
    private static final int SCANNED = 2048;
    private static final int LONGEST_CALL = 7;
    private static final long ROOT = ~0xFFFL;
    /** What an interrupt pushes at least. */
    private static final int PUSHED = 40;

    private final Guest guest;
    private final Timeline timeline;
    private String problem = "";

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
        /** By a return to a place that was not called from: a thread begins or goes on. */
        START("let it go on");

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
                    end = "the thread goes on from there";
                    break;
                }
            }
        } finally {
            timeline.go(step);
            guest.select(cpu);
        }
        return new Trace(frames, end);
    }

    private long rip() {
        return guest.pc();
    }

    private long rsp() {
        return guest.register(CpuRegister.RSP);
    }

    private long level() {
        return guest.register(CpuRegister.CPL);
    }

    /** The guest stands where a frame was left; afterwards where the outer one was. */
    private Optional<Frame> outer(final Frame inner) {
        final long here = guest.machine().steps();
        final int cpu = guest.cpu();
        final long level = level();
        Optional<Frame> outer = bySymbol(inner);
        if (outer.isEmpty() && !"interrupted".equals(problem)) {
            timeline.go(here);
            guest.select(cpu);
            outer = byStack(inner.sp(), level);
        }
        if (outer.isEmpty() && level == 0 && !"interrupted".equals(problem)) {
            timeline.go(here);
            guest.select(cpu);
            outer = byEntry(inner.sp());
        }
        return outer;
    }

    private Optional<Frame> none(final String why) {
        problem = why;
        return Optional.empty();
    }

    private Optional<Frame> bySymbol(final Frame inner) {
        final Optional<Long> begin = guest.image().symbols().at(inner.pc()).map(ImageSymbol::address);
        if (begin.isEmpty()) {
            return none("no symbol tells where the routine at 0x" + Long.toHexString(inner.pc()) + " begins");
        }
        // Threads go from CPU to CPU while they are in user mode.
        final boolean user = level() != 0;
        final long root = guest.register(CpuRegister.CR3) & ROOT;
        final Condition entry = new CodeOn(List.of(begin.get()), user ? CodeOn.ANY : guest.cpu());
        if (inner.pc() != begin.get() && !back(entry)) {
            return Optional.empty();
        }
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            final long there = guest.machine().steps();
            final long above = rsp() - inner.sp();
            if (user && (guest.register(CpuRegister.CR3) & ROOT) != root) {
                if (!back(entry)) {
                    return Optional.empty();
                }
                continue;
            }
            final int cpu = guest.cpu();
            final Optional<Frame> outer = before();
            if (outer.isEmpty()) {
                return outer;
            }
            if (above >= 0 && above < MOST_STACK || outer.get().way() == Way.SYSTEM_CALL
                    || outer.get().way() == Way.INTERRUPT && tries == 0) {
                return outer;
            }
            timeline.go(there);
            guest.select(cpu);
            if (!back(entry)) {
                return Optional.empty();
            }
        }
        return none("the routine was entered " + MOST_TRIES + " times with other stacks");
    }

    private boolean back(final Condition condition) {
        final Stop stop = timeline.back(List.of(condition));
        if (stop.reason() != Stop.Reason.CONDITION) {
            problem = stop.reason() == Stop.Reason.INTERRUPTED ? "interrupted"
                : "the history does not reach back to where this routine was entered";
            return false;
        }
        guest.select(timeline.nextCpu());
        return true;
    }

    /** Goes back by one step of the vCPU: the frame that left there. */
    private Optional<Frame> before() {
        final long entered = rip();
        final long executed = guest.machine().steps(guest.cpu());
        if (timeline.back(guest.cpu()).reason() == Stop.Reason.START && guest.machine().steps(guest.cpu()) == executed
                && rip() == entered) {
            return none("the machine begins there");
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

    /** A word on the stack is a return address if the call before it wrote it. */
    private Optional<Frame> byStack(final long sp, final long level) {
        final long here = guest.machine().steps();
        final byte[] stack = guest.memory().read(sp, SCANNED, false);
        for (int at = 0; at + Long.BYTES <= stack.length; at += Long.BYTES) {
            final long back = GuestMemory.number(stack, at, Long.BYTES);
            final Optional<Code.Line> call = callBefore(back);
            final long physical = guest.memory().translate(sp + at);
            if (call.isEmpty() || physical == GuestPaging.UNMAPPED) {
                continue;
            }
            final int cpu = guest.cpu();
            final Stop stop = timeline.lastWriter(physical, Long.BYTES);
            guest.select(timeline.nextCpu());
            if (stop.reason() == Stop.Reason.CONDITION && rip() == call.get().address() && level() == level) {
                return Optional.of(new Frame(guest.machine().steps(), rip(), rsp(), back, Way.CALL));
            }
            timeline.go(here);
            guest.select(cpu);
        }
        return none("no call of it is on its stack");
    }

    private Optional<Code.Line> callBefore(final long back) {
        for (int length = 2; length <= LONGEST_CALL; length++) {
            final int bytes = length;
            final Optional<Code.Line> call = guest.code().at(back - length)
                .filter(line -> line.isCall() && line.length() == bytes);
            if (call.isPresent()) {
                return call;
            }
        }
        return Optional.empty();
    }

    /** The kernel was entered where the CPU did so last from the user, or was interrupted and is not back. */
    private Optional<Frame> byEntry(final long sp) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (!back(new Entered(guest.cpu()))) {
                return Optional.empty();
            }
            final boolean calls = guest.code().at(rip()).filter(Code.Line::isSystemCall).isPresent();
            if (level() != 0 || rsp() - PUSHED - sp >= 0 && rsp() - sp < MOST_STACK) {
                return Optional.of(new Frame(guest.machine().steps(), rip(), rsp(),
                    calls ? rip() + guest.code().at(rip()).orElseThrow().length() : rip(),
                    calls ? Way.SYSTEM_CALL : Way.INTERRUPT));
            }
        }
        return none("nothing tells how the kernel was entered");
    }
}
