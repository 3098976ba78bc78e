package ringside.profiler.calibrate;

/**
 * Where a snippet's code, stack and data stand: at the same addresses on the host and in the emulated machine, so that
 * pointers, registers and addresses of events are comparable as they are.
 *
 * <pre>
 *   0x00100000  the emulated machine's gate between privilege levels; nothing on the host
 *   0x00400000  its page tables: pages of 4 KiB, as the host maps them; nothing on the host
 *   0x01000000  the snippet, read and execute; the host's timing code behind it
 *   0x01040000  its stack
 *   0x01080000  the frame: what the code around the snippet reads and leaves
 *   0x01100000  its data; ends before 0x01280000, so that no large page fits in
 * </pre>
 */
final class Stage {
    /** The gate's entry, in the emulated machine. */
    static final long BOOT = 0x10_0000;
    /** Where a system call enters the gate. */
    static final long SYSCALL_ENTRY = 0x10_1000;
    /** What a snippet returns to in the emulated machine, at level 3. */
    static final long RETURN = 0x10_2000;
    /** The emulated machine's page tables. */
    static final long TABLES = 0x40_0000;
    /** The snippet's first byte. */
    static final long CODE = 0x100_0000;
    /** Room for it. */
    static final int CODE_BYTES = 0x4000;
    /** The host's timing code. */
    static final long TIMER = CODE + CODE_BYTES;
    /** Room for that. */
    static final int TIMER_BYTES = 0x4000;
    /** The stack's lowest byte. */
    static final long STACK = 0x104_0000;
    /** Room for it, signal frames of the host included. */
    static final int STACK_BYTES = 0x2_0000;
    /** Where the stack begins: the snippet's return address is the 8 bytes below. */
    static final long STACK_TOP = STACK + STACK_BYTES;
    /** What surrounds the snippet keeps its words here. */
    static final long FRAME = 0x108_0000;
    /** Room for them. */
    static final int FRAME_BYTES = 0x1000;
    /** The snippet's data. */
    static final long DATA = 0x110_0000;
    /** The most that a snippet may ask for. */
    static final int MOST_DATA = 0x18_0000;

    /** Frame: the sixteen general registers after a call, in the order of their numbers. */
    static final int REGISTERS = 0;
    /** Frame: how many calls have returned. */
    static final int CALLS = 0x80;
    /** Frame: iterations of the first call. */
    static final int WARM_UP = 0x88;
    /** Frame: iterations of the second call. */
    static final int ITERATIONS = 0x90;
    /** Frame: the host's stack pointer meanwhile. */
    static final int HOST_STACK = 0x98;
    /** Frame: the time stamp at which what is being timed began. */
    static final int BEGAN = 0xa0;
    /** Frame: five times, in ticks, in the order of {@link Sample}'s components. */
    static final int TIMES = 0xc0;

    private Stage() {
    }
}
