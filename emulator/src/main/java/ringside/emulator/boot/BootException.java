package ringside.emulator.boot;

/** An image does not fit the machine it should run on; the message names the image, the place and the reason. */
public final class BootException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes a refused image.
     *
     * @param image  its name
     * @param place  e.g. {@code segment 2}
     * @param reason why it cannot be booted
     */
    public BootException(final String image, final String place, final String reason) {
        super(image + ": " + place + ": " + reason);
    }
}
