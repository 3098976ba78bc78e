package ringside.toolchain.image;

import java.io.Serial;

/** A link that cannot be done; the message names the object, the section and the symbol that are in the way. */
public final class LinkException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param message object, section, symbol and reason
     */
    public LinkException(final String message) {
        super(message);
    }
}
