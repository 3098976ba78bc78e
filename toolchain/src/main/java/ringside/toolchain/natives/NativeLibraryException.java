package ringside.toolchain.natives;

/** A native library is missing, is not the pinned build, or does not load; the message says what to do. */
public final class NativeLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message which library, where, what to do
     * @param cause   of it, or {@code null}
     */
    public NativeLibraryException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
