package ringside.console.gdb;

/** A packet asks for what cannot be; the reply is its error. */
final class PacketException extends RuntimeException {
    /** What the packet says is no packet. */
    static final int MALFORMED = 0x01;
    /** There is no such memory. */
    static final int NO_MEMORY = 0x0E;
    /** What it asks for is not to be had. */
    static final int NOT_POSSIBLE = 0x16;

    private static final long serialVersionUID = 1L;

    private final int code;

    private PacketException(final int code, final String message) {
        super(message);
        this.code = code;
    }

    static PacketException malformed(final String what) {
        return new PacketException(MALFORMED, what);
    }

    static PacketException noMemory(final long address) {
        return new PacketException(NO_MEMORY, "no memory: address=0x" + Long.toHexString(address));
    }

    static PacketException notPossible(final String what) {
        return new PacketException(NOT_POSSIBLE, what);
    }

    /** {@return the reply} */
    String reply() {
        return String.format("E%02x", code);
    }
}
