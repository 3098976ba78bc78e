package ringside.emulator.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that the host did not take; the message is {@code FILE: cannot be written: REASON}. */
public final class UnwrittenFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says which file, and why.
     *
     * @param file    as the user named it
     * @param failure of the file system
     */
    public UnwrittenFileException(final Path file, final IOException failure) {
        super(file + ": cannot be written: " + reason(failure), failure);
    }

    /**
     * {@return why, in words that name neither a class nor another file}
     *
     * @param failure of the file system
     */
    public static String reason(final IOException failure) {
        final String said = failure instanceof FileSystemException of ? of.getReason() : failure.getMessage();
        return switch (failure) {
            case NoSuchFileException _ -> "no such directory";
            case AccessDeniedException _ -> "permission denied";
            default -> said == null || said.isEmpty() ? "the file system does not say why"
                : Character.toLowerCase(said.charAt(0)) + said.substring(1);
        };
    }
}
