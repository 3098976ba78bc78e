package ringside.emulator.event;

import java.util.Set;

/**
 * Hears what a machine did, in order. Observing never changes what the guest does or how long it takes.
 *
 * <p>Every event carries the cycle at which it completed and the vCPU it happened on. Arguments are primitives, but
 * for a reset's and a translation's, and nothing is allocated for any other event. An observer must not call back into
 * the machine.
 *
 * <p>Order on one vCPU is program order for instructions, probes, exceptions, interrupts, system calls and address
 * spaces. The other kinds are in order block by block: a memory, device, console or halt event comes after everything
 * of earlier straight-line blocks and before everything of later ones. A block is told after its last instruction.
 *
 * <p>vCPUs take turns, and the events of a turn come together: all of one turn, in the order above, before any of the
 * next. That is also the order in which vCPUs see each other's stores. Cycles rise on each vCPU; between vCPUs they
 * overlap within a round, because each lives by its own time.
 */
public interface MachineObserver {
    /** The page of an access whose virtual address is not known. */
    long UNKNOWN_PAGE = Long.MIN_VALUE;

    /** {@return the kinds this observer wants; constant for its life. Others are not delivered} */
    Set<EventKind> interests();

    /**
     * {@return the lowest physical address whose accesses this observer wants; constant for its life} It is told of
     * those from there to {@link #memoryEnd}, and perhaps of others.
     */
    default long memoryBegin() {
        return 0;
    }

    /** {@return the highest physical address whose accesses this observer wants; constant for its life} */
    default long memoryEnd() {
        return Long.MAX_VALUE;
    }

    /**
     * An instruction retired.
     *
     * @param cycle   the clock after it
     * @param cpu     vCPU
     * @param address virtual
     * @param length  bytes
     * @param level   privilege level it ran at, 0 or 3
     */
    default void instruction(final long cycle, final int cpu, final long address, final int length, final int level) {
    }

    /**
     * A straight run of instructions ended: at a branch, at a page's end, because an exception or an interrupt kept the
     * rest of it from retiring, or because the machine stopped within a repeated string instruction. Every instruction
     * that retired is in exactly one block.
     *
     * @param cycle        the clock after its last instruction
     * @param cpu          vCPU
     * @param code         which code it is: the number of this vCPU's latest {@link #code} with it
     * @param address      of its first instruction, virtual
     * @param size         bytes of the instructions that retired
     * @param instructions how many retired, at least 1
     * @param level        privilege level they ran at, 0 or 3
     */
    default void block(final long cycle, final int cpu, final int code, final long address, final int size,
            final int instructions, final int level) {
    }

    /**
     * Code is about to run that has not run before, or not since other code had its number. Where bytes change, the new
     * ones are told before a block of them.
     *
     * @param cycle   clock
     * @param cpu     vCPU
     * @param code    its number on this vCPU, a small one, from here on
     * @param address of the first instruction, virtual
     * @param bytes   of a straight run of whole instructions; not to be changed
     * @param width   of the code segment, bits: 16, 32 or 64
     */
    default void code(final long cycle, final int cpu, final int code, final long address, final byte[] bytes,
            final int width) {
    }

    /**
     * Data was read.
     *
     * @param cycle   the clock when the latest event before it was told
     * @param cpu     vCPU
     * @param address physical
     * @param size    bytes
     * @param level   privilege level of the code that did it
     */
    default void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level) {
    }

    /**
     * Data was read: the same event, with its virtual page. An observer overrides one of the two.
     *
     * @param cycle   the clock when the latest event before it was told
     * @param cpu     vCPU
     * @param address physical
     * @param size    bytes
     * @param level   privilege level of the code that did it
     * @param page    number of the virtual page of its first byte, negative in the upper half; {@link #UNKNOWN_PAGE}
     *                for some of what the CPU itself accesses: frames of interrupts, descriptors
     */
    default void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level,
            final long page) {
        memoryRead(cycle, cpu, address, size, level);
    }

    /**
     * Data was written. Arguments as in {@link #memoryRead}.
     *
     * @param cycle   the clock when the latest event before it was told
     * @param cpu     vCPU
     * @param address physical
     * @param size    bytes
     * @param level   privilege level of the code that did it
     */
    default void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level) {
    }

    /** Data was written: the same event, with its virtual page. Arguments as in the read's. */
    default void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level,
            final long page) {
        memoryWrite(cycle, cpu, address, size, level);
    }

    /**
     * A page's translation was looked up, for data or code, before the access that it is for. This is knowledge, not
     * the miss of any TLB: how often it is told depends on what the engine keeps and where a run begins. Whoever
     * follows a CPU has been told of each page that it accesses since its latest {@link #translationDrop}.
     *
     * @param cycle       the clock when the latest event before it was told
     * @param cpu         vCPU
     * @param translation of a page
     */
    default void translation(final long cycle, final int cpu, final Translation translation) {
    }

    /**
     * An instruction drops translations. Told before the block of that instruction, as its memory accesses are; it is
     * MOV to CR0, CR3 or CR4 or INVLPG, or a task switch.
     *
     * @param cycle the clock when the latest event before it was told
     * @param cpu   vCPU
     * @param what  it drops
     * @param value what that is about
     */
    default void translationDrop(final long cycle, final int cpu, final TranslationDrop what, final long value) {
    }

    /**
     * An exception or software interrupt is being delivered.
     *
     * @param cycle     clock
     * @param cpu       vCPU
     * @param vector    0 to 255
     * @param errorCode the error code, 0 where the vector has none
     * @param rip       the address that will be pushed
     */
    default void exception(
            final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
    }

    /**
     * An external interrupt is being delivered.
     *
     * @param cycle  clock
     * @param cpu    vCPU
     * @param vector 32 to 255
     * @param rip    the address that will be pushed
     */
    default void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
    }

    /**
     * SYSCALL entered the kernel.
     *
     * @param cycle  clock, the SYSCALL instruction included
     * @param cpu    vCPU
     * @param rip    of the SYSCALL instruction
     * @param number RAX, by every kernel's convention the call's number
     */
    default void syscall(final long cycle, final int cpu, final long rip, final long number) {
    }

    /**
     * The page-table root changed, by MOV to CR3 or a task switch.
     *
     * @param cycle clock, the instruction that did it included
     * @param cpu   vCPU
     * @param root  the new CR3: physical address, in the low 12 bits the process-context identifier or flags
     */
    default void addressSpace(final long cycle, final int cpu, final long root) {
    }

    /**
     * The instruction at a probe is about to retire.
     *
     * @param cycle clock before that instruction
     * @param cpu   vCPU
     * @param probe index into the image's list of probes
     * @param first value of the probe's first register, 0 where it has none
     * @param second value of its second register
     * @param third value of its third register
     */
    default void probe(
            final long cycle, final int cpu, final int probe, final long first, final long second, final long third) {
    }

    /**
     * A device register was read or written.
     *
     * @param cycle   clock; for device memory, which may be accessed in the midst of a block, that at its end
     * @param cpu     vCPU
     * @param address port (below 0x10000) or physical address
     * @param size    bytes
     * @param value   read or written
     * @param write   whether the guest wrote
     */
    default void device(
            final long cycle, final int cpu, final long address, final int size, final long value,
            final boolean write) {
    }

    /**
     * A byte left the serial port.
     *
     * @param cycle clock
     * @param cpu   vCPU
     * @param value 0 to 255
     */
    default void consoleByte(final long cycle, final int cpu, final int value) {
    }

    /**
     * The CPU halted until the next interrupt.
     *
     * @param cycle clock
     * @param cpu   vCPU
     */
    default void halt(final long cycle, final int cpu) {
    }

    /**
     * A CPU shut down or a device reset the machine. What follows, if anything, comes from a machine that boots anew;
     * its cycles go on.
     *
     * @param cycle clock
     * @param cpu   vCPU that did it
     * @param cause by what means, in words; of a triple fault the exceptions that led to it
     */
    default void reset(final long cycle, final int cpu, final String cause) {
    }

    /**
     * Time passed in which the CPU did not execute: after HLT, before it was started, or because the machine was reset.
     * Told when it ends, which may be within the turn of the CPU that ended it.
     *
     * @param cycle clock when it goes on; its latest event before was when it stopped
     * @param cpu   vCPU
     */
    default void idle(final long cycle, final int cpu) {
    }
}
