package ringside.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import ringside.emulator.state.OwnFile;
import ringside.emulator.state.WholeFile;
import ringside.toolchain.image.GuestImage;

/** An image as a file. One is replaced by itself, and one that Ringside linked by any other. */
final class ImageFile {
    private static final int MOST_BYTES = 64 << 20;
    private static final String ELF = "\u007fELF";
    /** What the debugging information of our linker has behind each unit's name: its folder, and who made it. */
    private static final String PRODUCER = "\0.\0Ringside\0";

    private ImageFile() {
    }

    /**
     * {@return why a file is not replaced by an image, if so}
     *
     * @param file  that is to be written; it need not be there
     * @param image what is
     */
    static Optional<String> obstacle(final Path file, final GuestImage image) {
        final byte[] bytes = image.bytes();
        return OwnFile.obstacle(file, "an image that Ringside wrote", MOST_BYTES,
            found -> Arrays.equals(found, bytes) || isLinkedHere(new String(found, StandardCharsets.ISO_8859_1)));
    }

    private static boolean isLinkedHere(final String found) {
        return found.startsWith(ELF) && found.contains(PRODUCER);
    }

    /**
     * Writes an image.
     *
     * @param image what
     * @param file  where
     * @throws ringside.emulator.state.UnwrittenFileException when the file system refuses
     */
    static void write(final GuestImage image, final Path file) {
        WholeFile.write(file, out -> out.write(image.bytes()));
    }
}
