package ringside.emulator.machine;

import ringside.emulator.device.uart.Uart16550;

/**
 * What comes into a machine from outside, byte by byte. It is asked at positions that the guest's own behaviour
 * determines, and heard nowhere else: whoever answers alike at the same positions gets the same run.
 */
@FunctionalInterface
public interface InputSource {
    /** Answer of {@link #poll}: the line was broken; the guest's port receives a break. */
    int BREAK = Uart16550.BREAK;
    /** Answer of {@link #poll}: nothing now. */
    int NOTHING = -1;
    /** Answer of {@link #poll}: nothing, now or later. */
    int END = -2;

    /** A source that never has anything. */
    InputSource NONE = (cycle, idle) -> END;

    /**
     * Asks for the next byte; the serial port has room for it.
     *
     * @param cycle the platform's clock, never less than the time before
     * @param idle  whether all vCPUs wait and nothing but input can wake them: a live source may wait for a person
     * @return 0 to 255, {@link #BREAK}, {@link #NOTHING} or {@link #END}; after {@code END} it is never asked again,
     *         and {@code NOTHING} in idleness ends the run as a halt for ever
     */
    int poll(long cycle, boolean idle);

    /**
     * The machine went to another place in its history; the next question comes from there.
     *
     * @param taken how many bytes, breaks included, the machine had taken there since it booted
     */
    default void resume(final long taken) {
    }
}
