package ringside.emulator.device.virtio;

/** A file that cannot be a disk; the message names it, the place and the reason. */
public final class DiskImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes a refused file.
     *
     * @param file   its name
     * @param place  e.g. {@code size}
     * @param reason why it cannot be a disk
     */
    public DiskImageException(final String file, final String place, final String reason) {
        super(file + ": " + place + ": " + reason);
    }
}
