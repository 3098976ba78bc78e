package ringside.emulator.engine;

/**
 * What an engine asks its machine while it runs. Each question has one owner and must be answered without calling
 * {@link CpuEngine#run()}; an exception thrown here stops the engine and comes out of {@code run()}.
 */
public interface EngineCallbacks {
    /** Answer of {@link #attention}: go on with the block. */
    int PROCEED = -1;
    /** Answer of {@link #attention}: stop before the block. */
    int STOP = -2;

    /** In {@link #attention}'s argument: RFLAGS.IF is set and no interrupt shadow is on. */
    int INTERRUPTS = 1;
    /** In {@link #attention}'s argument: no NMI is being handled and no shadow of MOV SS is on. */
    int NMI = 1 << 1;

    /** Answer of {@link #attention} that delivers a non-maskable interrupt. */
    int NMI_VECTOR = 2;

    /**
     * The clock reached {@link CpuEngine#setAttention}, or many repetitions passed; the guest is between two blocks.
     *
     * @param acceptable what the CPU would take now, {@link #INTERRUPTS} and {@link #NMI}
     * @return {@link #PROCEED}, {@link #STOP}, or the vector of an interrupt to deliver now; the machine has
     *         acknowledged it. {@link #NMI_VECTOR} is the NMI: no further one is acceptable until IRET
     */
    int attention(int acceptable);

    /**
     * An exception is about to be delivered.
     *
     * @param vector    0 to 255
     * @param errorCode as the CPU would push it
     * @param rip       as the CPU would push it, virtual
     * @return whether to deliver it; if not the engine stops
     */
    boolean exception(int vector, long errorCode, long rip);

    /**
     * The guest reads a port.
     *
     * @param port 0 to 0xFFFF
     * @param size bytes: 1, 2 or 4
     * @return the value, in the low bytes
     */
    long readPort(int port, int size);

    /**
     * The guest writes a port.
     *
     * @param port  0 to 0xFFFF
     * @param size  bytes: 1, 2 or 4
     * @param value in the low bytes
     */
    void writePort(int port, int size, long value);

    /**
     * The guest reads device memory.
     *
     * @param address physical
     * @param size    bytes: 1, 2, 4 or 8
     * @return the value, in the low bytes
     */
    long readDevice(long address, int size);

    /**
     * The guest writes device memory.
     *
     * @param address physical
     * @param size    bytes: 1, 2, 4 or 8
     * @param value   in the low bytes
     */
    void writeDevice(long address, int size, long value);

    /**
     * The guest executes CPUID.
     *
     * @param leaf    EAX
     * @param subleaf ECX
     * @param result  filled with EAX, EBX, ECX, EDX
     */
    void cpuid(int leaf, int subleaf, int[] result);

    /** {@return the time-stamp counter at this instruction, cycles} */
    long timeStamp();

    /**
     * The guest executes RDMSR of a register that the engine does not keep.
     *
     * @param number ECX
     * @param value  element 0 is filled with EDX:EAX
     * @return whether there is such a register; if not the guest gets #GP(0)
     */
    default boolean readMsr(final int number, final long[] value) {
        return false;
    }

    /**
     * The guest executes WRMSR of a register that the engine does not keep.
     *
     * @param number ECX
     * @param value  EDX:EAX
     * @return whether there is such a register and it takes this value; if not the guest gets #GP(0)
     */
    default boolean writeMsr(final int number, final long value) {
        return false;
    }

    /** {@return CR8: the task priority's upper four bits, 0 to 15} */
    default int taskPriority() {
        return 0;
    }

    /**
     * The guest writes CR8.
     *
     * @param priority 0 to 15
     */
    default void taskPriority(final int priority) {
    }

    /**
     * The guest executes VMFUNC. The engine is between two instructions: tables may be exchanged.
     *
     * @param function EAX
     * @param argument ECX
     * @return whether it is done; if not the guest gets #UD
     */
    default boolean vmFunction(final int function, final int argument) {
        return false;
    }

    /**
     * An access has no translation in the extended page tables, or not this right. It goes to where no memory is, and
     * what the CPU does up to the end of its block is of no use: the machine ends the run.
     *
     * @param guestPhysical what was accessed, a page
     * @param right         {@link ExtendedPaging#READ}, {@link ExtendedPaging#WRITE} or {@link ExtendedPaging#EXECUTE}
     * @param block         where the block of instructions begins that did it, or that ran before, virtual
     */
    default void leftExtendedTables(final long guestPhysical, final int right, final long block) {
    }
}
