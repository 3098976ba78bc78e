package ringside.fastpath.codegen;

import static ringside.kernel.abi.KernelLayouts.CPU;
import static ringside.kernel.abi.KernelLayouts.ENDPOINT;
import static ringside.kernel.abi.KernelLayouts.HANDLE;
import static ringside.kernel.abi.KernelLayouts.THREAD;
import static ringside.toolchain.codegen.Cond.A;
import static ringside.toolchain.codegen.Cond.AE;
import static ringside.toolchain.codegen.Cond.B;
import static ringside.toolchain.codegen.Cond.E;
import static ringside.toolchain.codegen.Cond.L;
import static ringside.toolchain.codegen.Cond.NE;
import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBP;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import java.util.List;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelStates;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * What the fast paths are made of. Those of messages are emitted once for every number of words that they carry: the
 * look at the tag that has to be anyway chooses the copy, and nothing later asks again.
 *
 * <p>Roles in their code: {@code r11} is the thread that runs, {@code rdi} its handle, {@code rax} the
 * thread that it hands the CPU to.
 */
final class FastPathEmitter {
    /** The general path, for all that a fast path declines. */
    static final String SLOW = "syscall_slow";

    /** The lock around the kernel: its holder may give it back by a plain store. */
    private static final String LOCK = "kernel_lock";
    /** Whoever has waited for long, and the way out of the kernel that hands it the lock. */
    private static final String LOCK_WANTED = "lock_wanted";
    private static final String LOCK_PASS = "lock_pass_sysret";

    private static final int HANDLE_SHIFT = Integer.numberOfTrailingZeros(HANDLE.size());
    private static final List<Reg64> PRESERVED =
            List.of(RBX, RBP, Reg64.R12, Reg64.R13, Reg64.R14, Reg64.R15);
    private static final List<Reg32> WORDS = List.of(Reg32.EDX, Reg32.R8D, Reg32.R9D, Reg32.R10D);

    private final CodeBuilder code;
    private final boolean smp;
    private final Label giveBack;

    FastPathEmitter(final CodeBuilder code, final String routine, final boolean smp) {
        this.code = code;
        this.smp = smp;
        code.section(".text.fast");
        code.align(KernelLayouts.CACHE_LINE);
        code.global(routine);
        this.giveBack = code.newLabel(".slow_declined");
    }

    /**
     * Chooses the copy of the routine for the tag's number of words; anything but 0 to 4 is for the general path.
     *
     * @param copies one label a number of words
     */
    void chooseByWords(final List<Label> copies) {
        code.probe("phase_checks");
        code.test(RSI, RSI);
        code.jcc(E, copies.get(0));
        code.cmp(RSI, KernelAbi.WORDS_SHORT);
        code.jcc(E, copies.get(4));
        code.jcc(AE, SLOW);
        code.cmp(Reg32.ESI, 2);
        code.jcc(B, copies.get(1));
        code.jcc(E, copies.get(2));
        code.jmp(copies.get(3));
    }

    /**
     * Lets messages of one length pass; all others are for the general path.
     *
     * @param words how many they have
     */
    void requireWords(final int words) {
        code.probe("phase_checks");
        if (words == 0) {
            code.test(RSI, RSI);
        } else {
            code.cmp(RSI, words);
        }
        code.jcc(NE, SLOW);
    }

    /**
     * Finds the handle and checks its right. Leaves {@code r11} and {@code rdi} in their roles and the endpoint in
     * {@code rax}.
     *
     * @param right the bit
     */
    void checkHandle(final int right) {
        code.cmp(RDI, KernelAbi.HANDLE_COUNT);
        code.jcc(AE, SLOW);
        loadCurrent();
        code.shl(Reg32.EDI, HANDLE_SHIFT);
        code.add(RDI, thread(R11, "handles"));
        code.test(Width.BYTE, handle("rights"), right);
        code.jcc(E, giveBack);
        code.mov(RAX, handle("object"));
    }

    /**
     * Checks that {@code rax} is a thread that the running one, {@code r11}, may switch to directly. Needs
     * {@code r11} and loses it.
     */
    void checkReceiver() {
        code.test(RAX, RAX);
        code.jcc(E, giveBack);
        code.mov(Reg32.R11D, thread(R11, "fast_from"));
        code.cmp(Reg32.R11D, thread(RAX, "fast_to"));
        code.jcc(NE, giveBack);
    }

    /** Checks that no priority above that of {@code rax} is ready. */
    void checkPriority() {
        code.mov(Reg32.R11D, thread(RAX, "priority"));
        code.cmp(Reg32.R11D, cpu("highest"));
        code.jcc(L, giveBack);
    }

    /**
     * Leaves for {@link #lendPriority} if the priority of {@code r11}, the caller, is above that of {@code rax}. Nobody
     * who is ready is above the caller, nor above {@code rax} then. Loses {@code rcx}.
     *
     * @param lend where that is
     * @param lent where it comes back to
     */
    void comparePriorities(final Label lend, final Label lent) {
        code.mov(Reg32.ECX, thread(R11, "priority"));
        code.cmp(Reg32.ECX, thread(RAX, "priority"));
        code.jcc(A, lend);
        code.bind(lent);
    }

    /**
     * Gives {@code rax} its caller's priority, {@code ecx}. The answer takes the general path, which takes it back.
     *
     * @param lend where this is
     * @param lent where it goes on
     */
    void lendPriority(final Label lend, final Label lent) {
        code.bind(lend);
        code.mov(thread(RAX, "priority"), Reg32.ECX);
        code.mov(Width.DWORD, thread(RAX, "fast_from"), KernelStates.FAST_NEVER_FROM);
        code.jmp(lent);
    }

    /** Leaves the path when the condition of the check just made is {@code NE}. */
    void declineIfNotEqual() {
        code.jcc(NE, giveBack);
    }

    /** Leaves the path when the condition of the check just made is {@code E}. */
    void declineIfEqual() {
        code.jcc(E, giveBack);
    }

    /** Leaves the path when the condition of the check just made is {@code B}. */
    void declineIfBelow() {
        code.jcc(B, giveBack);
    }

    /** Saves what the call preserves. From here on nothing fails, and {@code rbx} and {@code rcx} are free. */
    void save() {
        code.probe("phase_switch");
        loadCurrent();
        code.probe("switch_save");
        code.mov(thread(R11, "rip"), RCX);
        code.mov(thread(R11, "rsp"), RSP);
        for (final Reg64 register : PRESERVED) {
            code.mov(thread(R11, register.text()), register);
        }
    }

    /** Puts the endpoint in {@code rbx}. */
    void loadEndpoint() {
        code.mov(RBX, handle("object"));
    }

    /**
     * Sets a thread's state.
     *
     * @param thread {@code r11} or {@code rax}
     * @param state  one of {@link KernelStates}
     */
    void setState(final Reg64 thread, final int state) {
        code.mov(Width.DWORD, thread(thread, "state"), state);
    }

    /**
     * Clears the registers of words that are not sent; those that are stay where they are.
     *
     * @param words how many are sent
     */
    void clearUnsent(final int words) {
        for (final Reg32 word : WORDS.subList(words, WORDS.size())) {
            code.xor(word, word);
        }
    }

    /** Hands the CPU from {@code r11} to {@code rax} and leaves the kernel. */
    void switchAndLeave() {
        code.probe("phase_switch");
        code.probe("context_switch", RAX);
        final Label sameSpace = code.newLabel();
        code.mov(cpu("current"), RAX);
        code.mov(RCX, thread(RAX, "cr3"));
        code.cmp(RCX, thread(R11, "cr3"));
        code.jcc(E, sameSpace);
        code.mov(ControlRegister.CR3, RCX);
        code.bind(sameSpace);
        code.probe("phase_exit");
        code.mov(RCX, thread(RAX, "rip"));
        code.mov(RSP, thread(RAX, "rsp"));
        for (final Reg64 register : PRESERVED) {
            code.mov(register, thread(RAX, register.text()));
        }
        code.mov(R11, thread(RAX, "user_flags"));
        leave();
    }

    /** Leaves the kernel with {@code STATUS_OK}; all registers but {@code rax} are those of the thread that goes on. */
    void leave() {
        code.xor(Reg32.EAX, Reg32.EAX);
        code.probe("call_result", RAX);
        if (smp) {
            code.probe("lock_release");
            code.cmp(Width.QWORD, Mem.rip(LOCK_WANTED), 0);
            code.jcc(NE, LOCK_PASS);
            code.mov(Width.DWORD, Mem.rip(LOCK), 0);
        }
        code.swapgs();
        code.sysretq();
    }

    /**
     * Ends the routine: where declined calls get back every register that the checks used.
     *
     * @param number the system call
     */
    void slow(final int number) {
        code.bind(giveBack);
        code.probe("phase_entry");
        loadCurrent();
        code.sub(RDI, thread(R11, "handles"));
        code.shr(Reg32.EDI, HANDLE_SHIFT);
        code.mov(Reg32.EAX, number);
        code.jmp(SLOW);
    }

    /**
     * Ends a routine whose checks use {@code rax} and {@code r11} only.
     *
     * @param number the system call
     */
    void slowUntouched(final int number) {
        code.bind(giveBack);
        code.probe("phase_entry");
        code.mov(Reg32.EAX, number);
        code.jmp(SLOW);
    }

    private void loadCurrent() {
        code.mov(R11, cpu("current"));
    }

    static Mem thread(final Reg64 thread, final String field) {
        return Mem.at(thread, THREAD.offset(field));
    }

    static Mem endpoint(final Reg64 endpoint, final String field) {
        return Mem.at(endpoint, ENDPOINT.offset(field));
    }

    static Mem handle(final String field) {
        return Mem.at(RDI, HANDLE.offset(field));
    }

    static Mem cpu(final String field) {
        return Mem.gs(CPU.offset(field));
    }
}
