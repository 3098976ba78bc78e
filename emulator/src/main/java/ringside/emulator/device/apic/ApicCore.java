package ringside.emulator.device.apic;

/** The CPU that a local APIC sits in, as far as the APIC tells it something. */
public interface ApicCore {
    /** What {@link LocalApic#pending()} and {@link LocalApic#acceptsExternal()} say may have changed. */
    void changed();

    /** A non-maskable interrupt arrived. */
    void nmi();

    /** INIT arrived: the CPU is to go back to its start. */
    void initialise();

    /**
     * A start-up message arrived.
     *
     * @param vector the number of the page to start at, 0 to 255
     */
    void startUp(int vector);
}
