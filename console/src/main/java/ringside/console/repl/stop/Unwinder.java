package ringside.console.repl.stop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
    /** Words of a stack of which it is found out at most who wrote them. */
    private static final int MOST_WORDS = 32;
    private static final int LONGEST_CALL = 7;
    private static final long ROOT = ~0xFFFL;
    /** Steps back that a routine's entry is looked for before all else. */
    private static final long NEAR = 16_000_000;
    private static final String FAR = "it is far to where this routine was entered";
    private static final String LOOPS = "the routine goes back to its own beginning";
    private static final String INTERRUPTED = "interrupted";
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
        return trace(most, frame -> false);
    }

    /**
     * {@return who called the running routine, up to somebody; the guest stands where it stood}
     *
     * @param most how many frames at most
     * @param last whether a frame is the last one that is of interest
     */
    Trace trace(final int most, final Predicate<Frame> last) {
        final long step = guest.machine().steps();
        final int cpu = guest.cpu();
        final List<Frame> frames = new ArrayList<>();
        frames.add(new Frame(step, rip(), rsp(), rip(), Way.NONE));
        String end = "there may be more: 'backtrace N' shows N";
        try {
            while (frames.size() < most && !last.test(frames.getLast())) {
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
            stand(step, cpu);
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

    /**
     * The guest stands where a frame was left; afterwards where the outer one was. An entry that is far away needs a
     * look at all between, so what the stack and the CPU tell comes before it, if it leads to that entry.
     */
    private Optional<Frame> outer(final Frame inner) {
        final long here = guest.machine().steps();
        final int cpu = guest.cpu();
        final long level = level();
        Optional<Frame> outer = bySymbol(inner, Math.max(1, here - NEAR));
        final boolean far = FAR.equals(problem) || LOOPS.equals(problem);
        if (outer.isEmpty() && isOn()) {
            stand(here, cpu);
            outer = byStack(inner, level, FAR.equals(problem));
        }
        if (outer.isEmpty() && level == 0 && far && isOn()) {
            stand(here, cpu);
            outer = byEntry(inner, true);
        }
        if (outer.isEmpty() && far && isOn()) {
            stand(here, cpu);
            outer = bySymbol(inner, 0);
        }
        if (outer.isEmpty() && level == 0 && isOn()) {
            stand(here, cpu);
            outer = byEntry(inner, false);
        }
        return outer;
    }

    private void stand(final long step, final int cpu) {
        timeline.go(step);
        guest.select(cpu);
    }

    private boolean isOn() {
        return !INTERRUPTED.equals(problem);
    }

    private Optional<Frame> none(final String why) {
        problem = why;
        return Optional.empty();
    }

    private Optional<Frame> bySymbol(final Frame inner, final long least) {
        final Optional<Long> begin = guest.image().symbols().at(inner.pc()).map(ImageSymbol::address);
        if (begin.isEmpty()) {
            return none("no symbol tells where the routine at 0x" + Long.toHexString(inner.pc()) + " begins");
        }
        // Threads go from CPU to CPU while they are in user mode.
        final boolean user = level() != 0;
        final long root = guest.register(CpuRegister.CR3) & ROOT;
        final Condition entry = new CodeOn(List.of(begin.get()), user ? CodeOn.ANY : guest.cpu());
        if (inner.pc() != begin.get() && !back(entry, least)) {
            return Optional.empty();
        }
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            final long there = guest.machine().steps();
            final long above = rsp() - inner.sp();
            if (user && (guest.register(CpuRegister.CR3) & ROOT) != root) {
                if (!back(entry, least)) {
                    return Optional.empty();
                }
                continue;
            }
            final int cpu = guest.cpu();
            final Optional<Frame> outer = before();
            if (outer.isEmpty()) {
                return outer;
            }
            final boolean loops = outer.get().way() == Way.JUMP && isSameRoutine(outer.get().pc(), inner.pc());
            if (loops && least > 0) {
                return none(LOOPS);
            }
            if (!loops && above >= 0 && above < MOST_STACK || outer.get().way() == Way.SYSTEM_CALL
                    || outer.get().way() == Way.INTERRUPT && tries == 0) {
                return outer;
            }
            timeline.go(there);
            guest.select(cpu);
            if (!back(entry, least)) {
                return Optional.empty();
            }
        }
        return none("the routine was entered " + MOST_TRIES + " times with other stacks");
    }

    private boolean back(final Condition condition, final long least) {
        final Stop stop = timeline.back(List.of(condition), least);
        if (stop.reason() != Stop.Reason.CONDITION) {
            problem = switch (stop.reason()) {
                case INTERRUPTED -> INTERRUPTED;
                case ARRIVED -> FAR;
                default -> "the history does not reach back to where this routine was entered";
            };
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

    /**
     * A word on the stack is a return address if the call before it wrote it.
     *
     * @param entered whether that must have been a call of the inner frame's routine
     */
    private Optional<Frame> byStack(final Frame inner, final long level, final boolean entered) {
        final long here = guest.machine().steps();
        final int cpu = guest.cpu();
        final byte[] stack = guest.memory().read(inner.sp(), SCANNED, false);
        for (int at = 0, looked = 0; at + Long.BYTES <= stack.length && looked < MOST_WORDS; at += Long.BYTES) {
            final long back = GuestMemory.number(stack, at, Long.BYTES);
            final Optional<Code.Line> call = callBefore(back);
            final long physical = guest.memory().translate(inner.sp() + at);
            if (call.isEmpty() || physical == GuestPaging.UNMAPPED) {
                continue;
            }
            looked++;
            final Stop stop = timeline.lastWriter(physical, Long.BYTES);
            if (stop.reason() == Stop.Reason.INTERRUPTED) {
                return none(INTERRUPTED);
            }
            guest.select(timeline.nextCpu());
            if (stop.reason() == Stop.Reason.CONDITION && rip() == call.get().address() && level() == level
                    && (!entered || leadsTo(inner))) {
                return Optional.of(new Frame(guest.machine().steps(), rip(), rsp(), back, Way.CALL));
            }
            stand(here, cpu);
        }
        return none("no call of it is on its stack");
    }

    /** {@return whether the step from here enters the routine of a frame; the guest stands where it stood} */
    private boolean leadsTo(final Frame inner) {
        final long here = guest.machine().steps();
        final int cpu = guest.cpu();
        timeline.step(cpu);
        final long entry = rip();
        stand(here, cpu);
        return isSameRoutine(inner.pc(), entry);
    }

    private boolean isSameRoutine(final long one, final long other) {
        return guest.image().symbols().at(one).equals(guest.image().symbols().at(other));
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
    private Optional<Frame> byEntry(final Frame inner, final boolean entered) {
        final long least = entered ? Math.max(0, guest.machine().steps() - NEAR) : 0;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (!back(new Entered(guest.cpu()), least)) {
                return Optional.empty();
            }
            final boolean calls = guest.code().at(rip()).filter(Code.Line::isSystemCall).isPresent();
            final long above = rsp() - inner.sp();
            if (level() != 0 || above - PUSHED >= 0 && above < MOST_STACK) {
                if (entered && !leadsTo(inner)) {
                    return none(FAR);
                }
                return Optional.of(new Frame(guest.machine().steps(), rip(), rsp(),
                    calls ? rip() + guest.code().at(rip()).orElseThrow().length() : rip(),
                    calls ? Way.SYSTEM_CALL : Way.INTERRUPT));
            }
        }
        return none("nothing tells how the kernel was entered");
    }
}
