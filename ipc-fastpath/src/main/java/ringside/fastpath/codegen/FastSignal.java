package ringside.fastpath.codegen;

import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelStates;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Segment;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.ObjectCode;

/**
 * Emits the fast path of {@code SYS_SIGNAL}, in the slot of {@code ipc/ipc_fast_signal.asm}.
 *
 * <pre>
 * ipc_fast_signal - set bits, or make the most urgent of those that wait for them ready
 *
 *   entered by  syscall_entry, for SYS_SIGNAL
 *   in        rdi = handle, rsi = bits, rcx = user rip, rsp = user stack,
 *             eax = SYS_SIGNAL; r11 free
 *   out       does not return: SYSRET to the caller, or syscall_slow
 *   clobbers  rax, r11, flags
 *   needs     IF = 0, gs is the kernel's
 *   probe     phase_checks, phase_dequeue, waiters_dequeue, thread_wake, phase_switch, ready_enqueue, phase_exit,
 *             call_result (rax = STATUS_OK)
 * </pre>
 *
 * <p>Every check precedes the first store. There is a straight copy for handles with a badge and one for those without,
 * which sets the bits as they came; assembly by hand has one copy and asks where it needs the bits.
 */
public final class FastSignal {
    /** The global symbol of the routine. */
    public static final String ROUTINE = "ipc_fast_signal";

    private static final int HANDLE_SHIFT = Integer.numberOfTrailingZeros(KernelLayouts.HANDLE.size());
    private static final int LEVEL_SHIFT = Integer.numberOfTrailingZeros(KernelLayouts.LEVEL.size());
    private static final int READY_SHIFT = Integer.numberOfTrailingZeros(Long.SIZE);

    private final CodeBuilder code = new CodeBuilder();
    private final FastPathEmitter path;

    private FastSignal(final boolean smp) {
        path = new FastPathEmitter(code, ROUTINE, smp);
    }

    /** {@return the unit, for one CPU} */
    public static ObjectCode generate() {
        return generate(false);
    }

    /**
     * {@return the unit}
     *
     * @param smp whether it gives the kernel's lock back
     */
    public static ObjectCode generate(final boolean smp) {
        return new FastSignal(smp).emit();
    }

    private ObjectCode emit() {
        code.probe("phase_checks");
        code.cmp(RDI, KernelAbi.HANDLE_COUNT);
        code.jcc(Cond.AE, FastPathEmitter.SLOW);
        code.mov(R11, FastPathEmitter.cpu("current"));
        code.mov(Reg32.EAX, Reg32.EDI);
        code.shl(Reg32.EAX, HANDLE_SHIFT);
        code.add(RAX, FastPathEmitter.thread(R11, "handles"));
        code.test(Width.BYTE, handle(RAX, "rights"), KernelAbi.RIGHT_SIGNAL);
        path.declineIfEqual();
        code.mov(R11, handle(RAX, "object"));
        final Label noBadge = code.newLabel(".no_badge");
        code.cmp(Width.QWORD, handle(RAX, "badge"), 0);
        code.jcc(Cond.E, noBadge);
        copy(true);
        code.bind(noBadge);
        copy(false);
        path.slowUntouched(KernelAbi.SYS_SIGNAL);
        return code.build("ringside/fastpath/codegen/FastSignal");
    }

    /** {@code rax} is the handle, {@code r11} the notification. */
    private void copy(final boolean badge) {
        final Label somebodyWaits = code.newLabel(badge ? ".somebody_waits" : ".somebody_waits_for_all");
        code.cmp(Width.QWORD, notification(R11, "waiters"), 0);
        code.jcc(Cond.NE, somebodyWaits);
        code.cmp(Width.QWORD, notification(R11, "bound"), 0);
        path.declineIfNotEqual();
        if (badge) {
            code.mov(RAX, handle(RAX, "badge"));
            code.and(RAX, RSI);
            code.or(notification(R11, "bits"), RAX);
        } else {
            code.or(notification(R11, "bits"), RSI);
        }
        code.probe("phase_exit");
        code.mov(R11, FastPathEmitter.cpu("current"));
        leave();
        code.bind(somebodyWaits);
        checkWaiter(badge);
        giveBits(badge);
        makeReady();
    }

    /** Leaves the first waiter in {@code rax} and the running thread in {@code r11}. While one waits no bit is set. */
    private void checkWaiter(final boolean badge) {
        if (badge) {
            code.test(handle(RAX, "badge"), RSI);
        } else {
            code.test(RSI, RSI);
        }
        path.declineIfEqual();
        code.mov(RAX, notification(R11, "waiters"));
        code.mov(Reg32.R11D, FastPathEmitter.cpu("index"));
        code.cmp(Reg32.R11D, FastPathEmitter.thread(RAX, "fast_to"));
        path.declineIfNotEqual();
        code.mov(R11, FastPathEmitter.cpu("current"));
        code.mov(Reg32.R11D, FastPathEmitter.thread(R11, "priority"));
        code.cmp(Reg32.R11D, FastPathEmitter.thread(RAX, "priority"));
        path.declineIfBelow();
    }

    /** Nothing can fail from here on. The running thread's block keeps the two registers that this takes. */
    private void giveBits(final boolean badge) {
        code.probe("phase_dequeue");
        code.mov(R11, FastPathEmitter.cpu("current"));
        code.mov(FastPathEmitter.thread(R11, "rdi"), RDI);
        code.mov(FastPathEmitter.thread(R11, "rdx"), RDX);
        if (badge) {
            code.shl(Reg32.EDI, HANDLE_SHIFT);
            code.add(RDI, FastPathEmitter.thread(R11, "handles"));
            code.mov(RDX, handle(RDI, "badge"));
            code.and(RDX, RSI);
            code.mov(FastPathEmitter.thread(RAX, "rdx"), RDX);
            code.mov(RDI, handle(RDI, "object"));
        } else {
            code.mov(FastPathEmitter.thread(RAX, "rdx"), RSI);
            code.mov(RDI, FastPathEmitter.thread(RAX, "waits_on"));
        }
        code.probe("waiters_dequeue", RDI, RAX);
        code.probe("thread_wake", RAX);
        code.mov(RDX, FastPathEmitter.thread(RAX, "next"));
        code.mov(notification(RDI, "waiters"), RDX);
    }

    /** As {@code scheduler_add_first} does; gs is where our Cpu is. */
    private void makeReady() {
        final Label wasFilled = code.newLabel();
        final Mem first = level("first");
        final Mem ready = Mem.scaled(RAX, Long.BYTES, KernelLayouts.CPU.offset("ready")).in(Segment.GS);
        code.probe("phase_switch");
        code.mov(RDX, FastPathEmitter.cpu("self"));
        code.probe("ready_enqueue", RDX, RAX);
        path.setState(RAX, KernelStates.STATE_RUNNABLE);
        code.mov(Reg32.EDI, FastPathEmitter.thread(RAX, "priority"));
        code.shl(Reg32.EDI, LEVEL_SHIFT);
        code.mov(RDX, first);
        code.mov(FastPathEmitter.thread(RAX, "next"), RDX);
        code.mov(first, RAX);
        code.test(RDX, RDX);
        code.jcc(Cond.NE, wasFilled);
        code.mov(level("last"), RAX);
        code.shr(Reg32.EDI, LEVEL_SHIFT);
        code.mov(Reg32.EAX, Reg32.EDI);
        code.shr(Reg32.EAX, READY_SHIFT);
        code.mov(RDX, ready);
        code.bts(RDX, RDI);
        code.mov(ready, RDX);
        code.cmp(Reg32.EDI, FastPathEmitter.cpu("highest"));
        code.jcc(Cond.LE, wasFilled);
        code.mov(FastPathEmitter.cpu("highest"), Reg32.EDI);
        code.bind(wasFilled);
        code.probe("phase_exit");
        code.mov(RDI, FastPathEmitter.thread(R11, "rdi"));
        code.mov(RDX, FastPathEmitter.thread(R11, "rdx"));
        leave();
    }

    /** The caller, {@code r11}, goes on with all its registers but those of the way itself. */
    private void leave() {
        code.mov(R11, FastPathEmitter.thread(R11, "user_flags"));
        path.leave();
    }

    private static Mem handle(final Reg64 handle, final String field) {
        return Mem.at(handle, KernelLayouts.HANDLE.offset(field));
    }

    private static Mem notification(final Reg64 notification, final String field) {
        return Mem.at(notification, KernelLayouts.NOTIFICATION.offset(field));
    }

    /** A field of the level that {@code edi} is the distance of. */
    private static Mem level(final String field) {
        return Mem.at(RDI, KernelLayouts.CPU.offset("levels") + KernelLayouts.LEVEL.offset(field)).in(Segment.GS);
    }
}
