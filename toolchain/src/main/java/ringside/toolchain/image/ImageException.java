package ringside.toolchain.image;

import java.io.Serial;

/** A file that is no usable image; the message is {@code FILE: PLACE: REASON}. */
public final class ImageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong where.
     *
     * @param file   as the user named it
     * @param place  part of the file
     * @param reason what is wrong with it
     */
    public ImageException(final String file, final String place, final String reason) {
        super(file + ": " + place + ": " + reason);
    }
}
