package ringside.emulator.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** A file that is about to be replaced: one of the same kind may be, and nothing else that somebody has. */
public final class OwnFile {
    /** As much of a file as is looked at to know its kind. */
    public static final int HEAD = 1 << 16;

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
        return obstacle(file, kind, begin.length, found -> Arrays.equals(found, begin));
    }

    /**
     * Looks whether a file is something else than a text.
     *
     * @param file  that is to be written; it need not be there
     * @param kind  what is written, for people
     * @param begin with which all of this kind begin, whatever blanks and line ends are in it
     * @return why it is not replaced, if so
     */
    public static Optional<String> obstacle(final Path file, final String kind, final String begin) {
        return obstacle(file, kind, HEAD, head -> dense(text(head)).startsWith(dense(begin)));
    }

    /**
     * Looks whether a file is something else, by more than its beginning.
     *
     * @param file  that is to be written; it need not be there
     * @param kind  what is written, for people
     * @param most  bytes of it that are looked at
     * @param isOne whether bytes are the first ones of such a file, or all; at least one
     * @return why it is not replaced, if so
     */
    public static Optional<String> obstacle(
            final Path file, final String kind, final int most, final Predicate<byte[]> isOne) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] found = in.readNBytes(most);
            return found.length == 0 || isOne.test(found) ? Optional.empty()
                    : Optional.of("there is a file that is not " + kind + "; --force replaces it");
        } catch (final IOException unreadable) {
            return Optional.of("there is a file, and it cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * {@return bytes as text, in which what is no text is something else}
     *
     * @param head of a file
     */
    public static String text(final byte[] head) {
        return new String(head, StandardCharsets.UTF_8);
    }

    private static String dense(final String text) {
        return text.replaceAll("\\s+", "");
    }
}
