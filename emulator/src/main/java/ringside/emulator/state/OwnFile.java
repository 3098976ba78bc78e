package ringside.emulator.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A file that is about to be replaced: one of the same kind may be, and nothing else that somebody has. */
public final class OwnFile {
    private OwnFile() {
    }

    /**
     * Looks whether a file is something else.
     *
     * @param file  that is to be written; it need not be there
     * @param kind  what is written, for people: "a snapshot"
     * @param begin bytes with which all of this kind begin
     * @return why it is not replaced, if so
     */
    public static Optional<String> obstacle(final Path file, final String kind, final byte[] begin) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] found = in.readNBytes(begin.length);
            return found.length == 0 || Arrays.equals(found, begin) ? Optional.empty()
                    : Optional.of("there is a file that is not " + kind + "; --force replaces it");
        } catch (final IOException unreadable) {
            return Optional.of("there is a file, and it cannot be read: " + unreadable.getMessage());
        }
    }
}
