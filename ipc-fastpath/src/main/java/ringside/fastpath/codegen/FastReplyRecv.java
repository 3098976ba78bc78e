package ringside.fastpath.codegen;

import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;

import java.util.List;
import java.util.stream.Stream;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelStates;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.ObjectCode;

/**
 * Emits the fast path of {@code SYS_REPLY_RECV}, in the slot of {@code ipc/ipc_fast_reply_recv.asm}.
 *
 * <pre>
 * ipc_fast_reply_recv - hand the CPU and the answer back, and wait again
 *
 *   entered by  syscall_entry, for SYS_REPLY_RECV
 *   in        rdi = handle, rsi = tag, rdx r8 r9 r10 = words, rcx = user rip,
 *             rsp = user stack, eax = SYS_REPLY_RECV; r11 free
 *   out       does not return: SYSRET to the caller, or syscall_slow
 *   clobbers  everything that KernelAbi does not preserve
 *   needs     IF = 0, gs is the kernel's
 *   probe     phase_checks, phase_switch, phase_dequeue, phase_reply_link, phase_copy,
 *             phase_exit, switch_save, context_switch (rax = the caller),
 *             ipc_message (r11 = sender, rax = receiver), call_result (rax = STATUS_OK),
 *             thread_wake (rax = the caller), receivers_enqueue (rbx = Endpoint, r11 = the
 *             server), block_receive (r11 = the server, rbx = Endpoint)
 * </pre>
 *
 * <p>Every check precedes the first store; one copy for each number of words, as in {@link FastCall}.
 */
public final class FastReplyRecv {
    /** The global symbol of the routine. */
    public static final String ROUTINE = "ipc_fast_reply_recv";

    private FastReplyRecv() {
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
        final CodeBuilder code = new CodeBuilder();
        final FastPathEmitter path = new FastPathEmitter(code, ROUTINE, smp);
        final List<Label> copies = Stream.of(".words_0", ".words_1", ".words_2", ".words_3", ".words_4")
                .map(code::newLabel)
                .toList();
        path.chooseByWords(copies);
        for (int words = 0; words <= KernelAbi.WORDS_SHORT; words++) {
            code.bind(copies.get(words));
            copy(code, path, words);
        }
        path.slow(KernelAbi.SYS_REPLY_RECV);
        return code.build("ringside/fastpath/codegen/FastReplyRecv");
    }

    /**
     * {@return the unit for messages of one length: there is one copy, and no choice}
     *
     * @param smp   whether it gives the kernel's lock back
     * @param words of those messages; the general path has all others
     */
    static ObjectCode generate(final boolean smp, final int words) {
        final CodeBuilder code = new CodeBuilder();
        final FastPathEmitter path = new FastPathEmitter(code, ROUTINE, smp);
        path.requireWords(words);
        copy(code, path, words);
        path.slow(KernelAbi.SYS_REPLY_RECV);
        return code.build("ringside/fastpath/codegen/FastReplyRecv");
    }

    private static void copy(final CodeBuilder code, final FastPathEmitter path, final int words) {
        code.probe("phase_checks");
        path.checkHandle(KernelAbi.RIGHT_RECEIVE);
        code.cmp(Width.QWORD, FastPathEmitter.endpoint(RAX, "senders"), 0);
        path.declineIfNotEqual();
        code.mov(RAX, FastPathEmitter.thread(R11, "caller"));
        path.checkReceiver();
        path.checkPriority();

        path.save();
        code.probe("phase_dequeue");
        code.probe("thread_wake", RAX);
        path.loadEndpoint();
        code.probe("receivers_enqueue", RBX, R11);
        code.probe("block_receive", R11, RBX);
        code.mov(RCX, FastPathEmitter.endpoint(RBX, "receivers"));
        code.mov(FastPathEmitter.thread(R11, "next"), RCX);
        code.mov(FastPathEmitter.endpoint(RBX, "receivers"), R11);
        path.setState(R11, KernelStates.STATE_RECEIVING);
        code.mov(FastPathEmitter.thread(R11, "waits_on"), RBX);
        code.probe("phase_reply_link");
        code.mov(Width.QWORD, FastPathEmitter.thread(R11, "caller"), 0);
        path.setState(RAX, KernelStates.STATE_RUNNABLE);
        code.probe("phase_copy");
        code.probe("ipc_message", R11, RAX);
        code.xor(Reg32.EDI, Reg32.EDI);
        path.clearUnsent(words);
        path.switchAndLeave();
    }
}
