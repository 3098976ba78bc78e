package ringside.emulator.event;

/** What can happen in a machine. Ids are stored in files: explicit, never reused. */
public enum EventKind {
    /** An instruction retired. */
    INSTRUCTION(1),
    /** Data was read. */
    MEMORY_READ(2),
    /** Data was written. */
    MEMORY_WRITE(3),
    /** An exception or software interrupt is being delivered. */
    EXCEPTION(4),
    /** An external interrupt is being delivered. */
    INTERRUPT(5),
    /** SYSCALL entered the kernel. */
    SYSCALL(6),
    /** The instruction at a probe is about to retire. */
    PROBE(7),
    /** A device register was read or written. */
    DEVICE(8),
    /** A byte left the serial port. */
    CONSOLE_BYTE(9),
    /** The CPU halted until the next interrupt. */
    HALT(10),
    /** The page-table root changed. */
    ADDRESS_SPACE(11),
    /** A straight run of instructions ended. */
    BLOCK(12),
    /** The machine was reset, or asks to be. */
    RESET(13),
    /** Time passed in which a CPU did not execute. */
    IDLE(14),
    /** A CPU is about to run code that it has not run before. */
    CODE(15),
    /** What a page is translated to, and by which entries of the page tables. */
    TRANSLATION(16),
    /** An instruction drops translations, or says that they stay. */
    TRANSLATION_DROP(17);

    private final int id;

    EventKind(final int id) {
        this.id = id;
    }

    /** {@return the number that stands for this kind in files} */
    public int id() {
        return id;
    }
}
