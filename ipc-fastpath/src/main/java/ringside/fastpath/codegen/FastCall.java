package ringside.fastpath.codegen;

import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;

import java.util.List;
import java.util.stream.Stream;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelStates;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.image.ObjectCode;

/**
 * Emits the fast path of {@code SYS_CALL}, in the slot of {@code ipc/ipc_fast_call.asm}.
 *
 * <pre>
 * ipc_fast_call - hand the CPU and a message to a waiting server
 *
 *   entered by  syscall_entry, for SYS_CALL
 *   in        rdi = handle, rsi = tag, rdx r8 r9 r10 = words, rcx = user rip,
 *             rsp = user stack, eax = SYS_CALL; r11 free
 *   out       does not return: SYSRET to the server, or syscall_slow
 *   clobbers  everything that KernelAbi does not preserve
 *   needs     IF = 0, gs is the kernel's
 *   probe     phase_checks, phase_switch, phase_dequeue, phase_reply_link, phase_copy,
 *             phase_exit, switch_save, context_switch (rax = the receiver),
 *             ipc_message (r11 = sender, rax = receiver), call_result (rax = STATUS_OK),
 *             receivers_dequeue (rbx = Endpoint, rax = the receiver), block_reply
 *             (r11 = the caller, rax = the receiver), thread_wake (rax = the receiver)
 * </pre>
 *
 * <p>Every check precedes the first store. There is a straight copy for each number of words, so the number is looked
 * at once and the words that are not sent are cleared without asking; assembly by hand has one copy and asks twice.
 */
public final class FastCall {
    /** The global symbol of the routine. */
    public static final String ROUTINE = "ipc_fast_call";

    private FastCall() {
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
        path.slow(KernelAbi.SYS_CALL);
        return code.build("ringside/fastpath/codegen/FastCall");
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
        path.slow(KernelAbi.SYS_CALL);
        return code.build("ringside/fastpath/codegen/FastCall");
    }

    private static void copy(final CodeBuilder code, final FastPathEmitter path, final int words) {
        final Label lend = code.newLabel();
        final Label lent = code.newLabel();
        code.probe("phase_checks");
        path.checkHandle(KernelAbi.RIGHT_SEND);
        code.mov(RAX, FastPathEmitter.endpoint(RAX, "receivers"));
        path.checkReceiver();

        path.save();
        code.probe("phase_dequeue");
        path.loadEndpoint();
        code.probe("receivers_dequeue", RBX, RAX);
        code.mov(RCX, FastPathEmitter.thread(RAX, "next"));
        code.mov(FastPathEmitter.endpoint(RBX, "receivers"), RCX);
        path.setState(RAX, KernelStates.STATE_RUNNABLE);
        code.probe("phase_reply_link");
        code.probe("block_reply", R11, RAX);
        path.setState(R11, KernelStates.STATE_AWAITING_REPLY);
        code.mov(FastPathEmitter.thread(R11, "waits_on"), RAX);
        code.mov(FastPathEmitter.thread(RAX, "caller"), R11);
        path.comparePriorities(lend, lent);
        code.probe("phase_copy");
        code.probe("ipc_message", R11, RAX);
        code.probe("thread_wake", RAX);
        code.mov(RDI, FastPathEmitter.handle("badge"));
        path.clearUnsent(words);
        path.switchAndLeave();
        path.lendPriority(lend, lent);
    }
}
