package ringside.kernel.user;

import java.util.Arrays;
import java.util.List;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.SystemCall;
import ringside.kernel.abi.SystemCalls;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/** A method a system call: it puts the arguments where the call's row in {@link SystemCalls} says, and calls. */
abstract sealed class SystemCallMethods permits UserCode {
    private final CodeBuilder code = new CodeBuilder();

    /** {@return the builder beneath, in the program's code section, for all that has no method here} */
    public final CodeBuilder code() {
        return code;
    }

    /**
     * Makes any system call, also one that does not exist.
     *
     * @param number in {@code eax}
     */
    public final void systemCall(final int number) {
        code.mov(Reg32.EAX, number);
        code.syscall();
    }

    /**
     * Makes a system call of the declarations.
     *
     * @param call      its row
     * @param arguments in the order of the row's operands, one a register; what is left out is not set
     */
    public final void systemCall(final SystemCall call, final Arg... arguments) {
        final List<Reg64> registers = call.in().stream()
                .flatMap(operand -> operand.registers().stream())
                .toList();
        if (arguments.length > registers.size()) {
            throw new IllegalArgumentException("too many arguments: call=" + call.name() + ", arguments="
                    + Arrays.toString(arguments));
        }
        final Arguments loads = new Arguments(code);
        for (int i = 0; i < arguments.length; i++) {
            loads.put(registers.get(i), arguments[i]);
        }
        loads.emit();
        systemCall(call.number());
    }

    private void systemCall(final int number, final Arg... arguments) {
        systemCall(SystemCalls.of(number), arguments);
    }

    /** A message: the tag counts the words, and has {@code flags} too. */
    private void message(final int number, final Arg handle, final int flags, final Arg... words) {
        final Arg[] arguments = new Arg[2 + words.length];
        arguments[0] = handle;
        arguments[1] = Arg.of(words.length | (long) flags);
        System.arraycopy(words, 0, arguments, 2, words.length);
        systemCall(number, arguments);
    }

    /** {@code SYS_NULL}. */
    public final void sysNull() {
        systemCall(KernelAbi.SYS_NULL);
    }

    /**
     * {@code SYS_CALL} that accepts an answer of up to four words.
     *
     * @param handle of an endpoint
     * @param words  at most {@link KernelAbi#WORDS_LONG}
     */
    public final void sysCall(final Arg handle, final Arg... words) {
        message(KernelAbi.SYS_CALL, handle, 0, words);
    }

    /**
     * {@code SYS_CALL} that accepts an answer of up to eight words.
     *
     * @param handle of an endpoint
     * @param words  at most {@link KernelAbi#WORDS_LONG}
     */
    public final void sysCallLong(final Arg handle, final Arg... words) {
        message(KernelAbi.SYS_CALL, handle, KernelAbi.TAG_LONG, words);
    }

    /**
     * {@code SYS_REPLY_RECV} that accepts a message of up to four words.
     *
     * @param handle of an endpoint
     * @param words  of the answer
     */
    public final void replyRecv(final Arg handle, final Arg... words) {
        message(KernelAbi.SYS_REPLY_RECV, handle, 0, words);
    }

    /**
     * {@code SYS_REPLY_RECV} that accepts a message of up to eight words.
     *
     * @param handle of an endpoint
     * @param words  of the answer
     */
    public final void replyRecvLong(final Arg handle, final Arg... words) {
        message(KernelAbi.SYS_REPLY_RECV, handle, KernelAbi.TAG_LONG, words);
    }

    /**
     * {@code SYS_RECV}.
     *
     * @param handle of an endpoint
     * @param tag    0 or {@link KernelAbi#TAG_LONG}
     */
    public final void recv(final Arg handle, final int tag) {
        systemCall(KernelAbi.SYS_RECV, handle, Arg.of(tag));
    }

    /**
     * {@code SYS_SEND}.
     *
     * @param handle of an endpoint
     * @param words  at most {@link KernelAbi#WORDS_LONG}
     */
    public final void send(final Arg handle, final Arg... words) {
        message(KernelAbi.SYS_SEND, handle, 0, words);
    }

    /** {@code SYS_YIELD}. */
    public final void yieldCpu() {
        systemCall(KernelAbi.SYS_YIELD);
    }

    /**
     * {@code SYS_SLEEP}.
     *
     * @param ticks how many
     */
    public final void sleep(final Arg ticks) {
        systemCall(KernelAbi.SYS_SLEEP, ticks);
    }

    /** {@code SYS_TICKS}; the ticks are in {@code rdi} then. */
    public final void ticks() {
        systemCall(KernelAbi.SYS_TICKS);
    }

    /**
     * {@code SYS_EXIT}.
     *
     * @param status the exit value
     */
    public final void exit(final Arg status) {
        systemCall(KernelAbi.SYS_EXIT, status);
        code.ud2();
    }

    /**
     * {@code SYS_HANDLE_COPY}.
     *
     * @param handle  what is copied
     * @param slot    where to
     * @param rights  what the copy may
     * @param badge   or 0
     * @param process whose the copy is
     */
    public final void handleCopy(
            final Arg handle, final Arg slot, final Arg rights, final Arg badge, final Arg process) {
        systemCall(KernelAbi.SYS_HANDLE_COPY, handle, slot, rights, badge, process);
    }

    /**
     * {@code SYS_HANDLE_MOVE}.
     *
     * @param handle what is moved
     * @param slot   where to
     */
    public final void handleMove(final Arg handle, final Arg slot) {
        systemCall(KernelAbi.SYS_HANDLE_MOVE, handle, slot);
    }

    /**
     * {@code SYS_HANDLE_CLOSE}.
     *
     * @param handle which
     */
    public final void handleClose(final Arg handle) {
        systemCall(KernelAbi.SYS_HANDLE_CLOSE, handle);
    }

    /**
     * {@code SYS_HANDLE_REVOKE}.
     *
     * @param handle whose copies go
     */
    public final void handleRevoke(final Arg handle) {
        systemCall(KernelAbi.SYS_HANDLE_REVOKE, handle);
    }

    /**
     * {@code SYS_ENDPOINT_CREATE}.
     *
     * @param slot for its handle
     */
    public final void endpointCreate(final Arg slot) {
        systemCall(KernelAbi.SYS_ENDPOINT_CREATE, slot);
    }

    /**
     * {@code SYS_NOTIFICATION_CREATE}.
     *
     * @param slot for its handle
     */
    public final void notificationCreate(final Arg slot) {
        systemCall(KernelAbi.SYS_NOTIFICATION_CREATE, slot);
    }

    /**
     * {@code SYS_SIGNAL}.
     *
     * @param handle of a notification
     * @param bits   to set
     */
    public final void signal(final Arg handle, final Arg bits) {
        systemCall(KernelAbi.SYS_SIGNAL, handle, bits);
    }

    /**
     * {@code SYS_WAIT}; the bits are in {@code rdx} then. Not named after the call: every object has a {@code wait}.
     *
     * @param handle of a notification
     */
    public final void waitBits(final Arg handle) {
        systemCall(KernelAbi.SYS_WAIT, handle, Arg.of(0));
    }

    /**
     * {@code SYS_POLL}; the bits are in {@code rdx} then.
     *
     * @param handle of a notification
     */
    public final void poll(final Arg handle) {
        systemCall(KernelAbi.SYS_POLL, handle);
    }

    /**
     * {@code SYS_PROCESS_CREATE}.
     *
     * @param slot  for its handle
     * @param quota bytes
     * @param name  four words of text or fewer
     */
    public final void processCreate(final Arg slot, final Arg quota, final Arg... name) {
        final Arg[] arguments = new Arg[2 + KernelAbi.WORDS_SHORT];
        Arrays.fill(arguments, Arg.of(0));
        arguments[0] = slot;
        arguments[1] = quota;
        System.arraycopy(name, 0, arguments, 2, name.length);
        systemCall(KernelAbi.SYS_PROCESS_CREATE, arguments);
    }

    /**
     * {@code SYS_THREAD_CREATE}.
     *
     * @param slot     for its handle
     * @param process  whose it is
     * @param entry    where it starts, e.g. {@link Arg#address}
     * @param stack    its {@code rsp}
     * @param argument its {@code rdi}
     * @param priority its level
     */
    public final void threadCreate(final Arg slot, final Arg process, final Arg entry, final Arg stack,
            final Arg argument, final Arg priority) {
        systemCall(KernelAbi.SYS_THREAD_CREATE, slot, process, entry, stack, argument, priority);
    }

    /**
     * {@code SYS_KILL}.
     *
     * @param handle of a thread or a process
     */
    public final void kill(final Arg handle) {
        systemCall(KernelAbi.SYS_KILL, handle);
    }

    /** {@code SYS_KILL} of the running thread. */
    public final void end() {
        kill(Arg.of(KernelAbi.HANDLE_SELF));
        code.ud2();
    }

    /**
     * {@code SYS_MEMORY_CREATE}.
     *
     * @param slot  for its handle
     * @param pages how many
     */
    public final void memoryCreate(final Arg slot, final Arg pages) {
        systemCall(KernelAbi.SYS_MEMORY_CREATE, slot, pages);
    }

    /**
     * {@code SYS_MEMORY_MAP}.
     *
     * @param handle  of a memory object
     * @param process where
     * @param address where in it
     * @param first   page
     * @param pages   how many
     * @param access  rights to map
     */
    public final void memoryMap(final Arg handle, final Arg process, final Arg address, final Arg first,
            final Arg pages, final Arg access) {
        systemCall(KernelAbi.SYS_MEMORY_MAP, handle, process, address, first, pages, access);
    }

    /**
     * {@code SYS_MEMORY_UNMAP}.
     *
     * @param process where
     * @param address where the mapping begins
     */
    public final void memoryUnmap(final Arg process, final Arg address) {
        systemCall(KernelAbi.SYS_MEMORY_UNMAP, process, address);
    }

    /**
     * {@code SYS_MEMORY_PROTECT}.
     *
     * @param handle  of the memory object
     * @param process where
     * @param address where the mapping begins
     * @param access  rights to map
     */
    public final void memoryProtect(final Arg handle, final Arg process, final Arg address, final Arg access) {
        systemCall(KernelAbi.SYS_MEMORY_PROTECT, handle, process, address, access);
    }
    /**
     * {@code SYS_FUTEX_WAIT}.
     *
     * @param address of the word
     * @param value   that it is expected to have
     */
    public final void futexWait(final Arg address, final Arg value) {
        systemCall(KernelAbi.SYS_FUTEX_WAIT, address, value);
    }

    /**
     * {@code SYS_FUTEX_WAKE}; how many were woken is in {@code rdx} then.
     *
     * @param address of the word
     * @param most    how many at most
     */
    public final void futexWake(final Arg address, final Arg most) {
        systemCall(KernelAbi.SYS_FUTEX_WAKE, address, most);
    }

    /**
     * {@code SYS_FAULT_HANDLER}.
     *
     * @param process  whose threads fault
     * @param endpoint that they call then, or {@code HANDLE_NONE}
     */
    public final void faultHandler(final Arg process, final Arg endpoint) {
        systemCall(KernelAbi.SYS_FAULT_HANDLER, process, endpoint);
    }

    /**
     * {@code SYS_MEMORY_FORK}.
     *
     * @param slot   of the new handle
     * @param handle of the memory object whose content it has
     */
    public final void memoryFork(final Arg slot, final Arg handle) {
        systemCall(KernelAbi.SYS_MEMORY_FORK, slot, handle);
    }

    /**
     * {@code SYS_THREAD_AFFINITY}.
     *
     * @param handle of a thread, or {@code HANDLE_SELF}
     * @param cpu    its number
     */
    public final void threadAffinity(final Arg handle, final Arg cpu) {
        systemCall(KernelAbi.SYS_THREAD_AFFINITY, handle, cpu);
    }

    /**
     * {@code SYS_THREAD_FLOAT}.
     *
     * @param handle of a thread, or {@code HANDLE_SELF}
     */
    public final void threadFloat(final Arg handle) {
        systemCall(KernelAbi.SYS_THREAD_FLOAT, handle);
    }

    /** {@code SYS_CPUS}. */
    public final void cpus() {
        systemCall(KernelAbi.SYS_CPUS);
    }

    /**
     * {@code SYS_REPLY_TAKE}.
     *
     * @param slot of the caller's handle
     */
    public final void replyTake(final Arg slot) {
        systemCall(KernelAbi.SYS_REPLY_TAKE, slot);
    }

    /**
     * {@code SYS_REPLY}.
     *
     * @param handle of a caller
     * @param words  of the answer
     */
    public final void reply(final Arg handle, final Arg... words) {
        message(KernelAbi.SYS_REPLY, handle, 0, words);
    }

    /**
     * {@code SYS_NOTIFICATION_BIND}.
     *
     * @param handle of a notification
     * @param thread that hears it
     */
    public final void notificationBind(final Arg handle, final Arg thread) {
        systemCall(KernelAbi.SYS_NOTIFICATION_BIND, handle, thread);
    }

    /**
     * {@code SYS_NOTIFICATION_UNBIND}.
     *
     * @param handle of a notification
     */
    public final void notificationUnbind(final Arg handle) {
        systemCall(KernelAbi.SYS_NOTIFICATION_UNBIND, handle);
    }

    /**
     * {@code SYS_INTERRUPT_CREATE}.
     *
     * @param slot    of the new handle
     * @param line    of the I/O APIC
     * @param machine handle of the machine
     */
    public final void interruptCreate(final Arg slot, final Arg line, final Arg machine) {
        systemCall(KernelAbi.SYS_INTERRUPT_CREATE, slot, line, machine);
    }

    /**
     * {@code SYS_INTERRUPT_BIND}.
     *
     * @param handle       of the interrupt
     * @param notification whose bits it sets
     * @param bits         which
     */
    public final void interruptBind(final Arg handle, final Arg notification, final Arg bits) {
        systemCall(KernelAbi.SYS_INTERRUPT_BIND, handle, notification, bits);
    }

    /**
     * {@code SYS_INTERRUPT_ACK}.
     *
     * @param handle of the interrupt
     */
    public final void interruptAck(final Arg handle) {
        systemCall(KernelAbi.SYS_INTERRUPT_ACK, handle);
    }

    /**
     * {@code SYS_INTERRUPT_UNBIND}.
     *
     * @param handle of the interrupt
     */
    public final void interruptUnbind(final Arg handle) {
        systemCall(KernelAbi.SYS_INTERRUPT_UNBIND, handle);
    }
}
