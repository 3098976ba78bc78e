package ringside.emulator.bus;

/**
 * Where interrupt messages travel: from an I/O APIC or a device to the local APICs (Intel SDM volume 3, 11.7 and
 * 11.11). A mode is the three bits that every message has.
 */
@FunctionalInterface
public interface MessageBus {
    /** To every APIC named. */
    int FIXED = 0;
    /** To the one of the APICs named that does the least urgent work. */
    int LOWEST_PRIORITY = 1;
    /** System management; no machine here has that mode. */
    int SMI = 2;
    /** A non-maskable interrupt; the vector means nothing. */
    int NMI = 4;
    /** Puts a CPU where it waits for its start. */
    int INIT = 5;
    /** Starts a CPU that waits, at the page with the vector's number. */
    int START_UP = 6;
    /** The vector is asked of the 8259. */
    int EXTERNAL = 7;

    /**
     * Delivers a message.
     *
     * @param destination the APIC's id, or its logical name; all ones in 8 or 32 bits is everybody
     * @param logical     whether it is a logical name
     * @param mode        0 to 7
     * @param vector      0 to 255
     * @param level       whether the source waits for the end of the interrupt
     */
    void send(int destination, boolean logical, int mode, int vector, boolean level);
}
