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

    /**
     * The clock reached {@link CpuEngine#setAttention}, or many repetitions passed; the guest is between two blocks.
     *
     * @param interruptible whether RFLAGS.IF is set and no interrupt shadow is on
     * @return {@link #PROCEED}, {@link #STOP}, or the vector of an interrupt to deliver now; the machine has
     *         acknowledged it
     */
    int attention(boolean interruptible);

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
}
