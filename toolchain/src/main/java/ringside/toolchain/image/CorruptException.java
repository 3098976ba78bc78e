package ringside.toolchain.image;

import java.io.Serial;

/** Something is wrong in a part of a file; who reads the file decides what that means. */
final class CorruptException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String place;
    private final String reason;

    CorruptException(final String place, final String reason) {
        super(place + ": " + reason, null, false, false);
        this.place = place;
        this.reason = reason;
    }

    String place() {
        return place;
    }

    String reason() {
        return reason;
    }
}
