package ringside.emulator.bus;

/** A wire from a device to interrupt controllers. Who is at its end decides what an edge or a level means. */
@FunctionalInterface
public interface InterruptLine {
    /** A wire that ends nowhere. */
    InterruptLine NOWHERE = level -> { };

    /**
     * Puts a level on the wire; the same level again changes nothing.
     *
     * @param level whether the device asks for an interrupt
     */
    void set(boolean level);
}
