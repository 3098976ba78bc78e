package ringside.emulator.state;

/** Bytes that are no state: says where and why. Whoever knows the file adds its name. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes what is wrong.
     *
     * @param place  section and offset
     * @param reason what was found and expected
     */
    public StateException(final String place, final String reason) {
        super(place + ": " + reason);
    }
}
