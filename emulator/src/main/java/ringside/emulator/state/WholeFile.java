package ringside.emulator.state;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that appears complete, in the place of one that was there, or not at all: the bytes are written beside it,
 * forced to the disk and renamed. A link stays one, and what it leads to is replaced.
 */
public final class WholeFile {
    private static final int BUFFER_BYTES = 1 << 16;

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param out takes it; flushed and closed by the caller
         * @throws IOException that {@code out} throws
         */
        void to(OutputStream out) throws IOException;
    }

    private WholeFile() {
    }

    /**
     * Looks whether a file can be written, for who has a long way to go before it is: the file beside is made and
     * removed again.
     *
     * @param file where
     * @return why it cannot be, if so; what happens later can still keep it from being written
     */
    public static Optional<String> obstacle(final Path file) {
        try {
            final Path beside = beside(place(file));
            try {
                open(beside).close();
            } finally {
                remove(beside);
            }
            return Optional.empty();
        } catch (final IOException failure) {
            return Optional.of(UnwrittenFileException.reason(failure));
        }
    }

    /**
     * Writes a file.
     *
     * @param file    where; a file that is there is a regular one
     * @param content what
     * @throws UnwrittenFileException when the file system refuses; then what was there is there
     */
    public static void write(final Path file, final Content content) {
        try {
            replace(place(file), content);
        } catch (final IOException failure) {
            throw new UnwrittenFileException(file, failure);
        }
    }

    static Path place(final Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        final boolean there = Files.exists(file);
        if (there && !Files.isRegularFile(file)) {
            throw new IOException("it is not a regular file");
        }
        final Path place = there ? file.toRealPath() : file.toAbsolutePath();
        if (!Files.isDirectory(place.getParent())) {
            throw new IOException(Files.exists(place.getParent()) ? "its parent is not a directory"
                    : "no such directory");
        }
        return place;
    }

    private static Path beside(final Path place) {
        final Path beside = place.resolveSibling(
                "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        // A process that is told to end while it writes leaves nothing; one that is killed leaves the file beside.
        beside.toFile().deleteOnExit();
        return beside;
    }

    private static FileChannel open(final Path beside) throws IOException {
        return FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void replace(final Path place, final Content content) throws IOException {
        final Path beside = beside(place);
        try {
            try (FileChannel channel = open(beside)) {
                final OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
                content.to(out);
                out.flush();
                channel.force(true);
            }
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final Throwable failure) {
            remove(beside);
            throw failure;
        }
        force(place.getParent());
    }

    // A rename is on the disk when its directory is.
    static void force(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void remove(final Path beside) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException _) {
            // What could not be written cannot be removed either; the failure is about the writing.
        }
    }
}
