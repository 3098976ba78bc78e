package ringside.emulator.device.uart;

/** Takes what a serial port sends. */
@FunctionalInterface
public interface SerialSink {
    /**
     * Takes one byte.
     *
     * @param value 0 to 255
     */
    void send(int value);

    /** The guest broke the line. */
    default void sendBreak() {
    }
}
