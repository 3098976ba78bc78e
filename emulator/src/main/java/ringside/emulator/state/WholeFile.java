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
     * Writes a file.
     *
     * @param file    where; a file that is there is a regular one
     * @param content what
     * @throws IOException when the file system refuses; then what was there is there
     */
    public static void write(final Path file, final Content content) throws IOException {
        final boolean there = Files.exists(file);
        if (there && !Files.isRegularFile(file)) {
            throw new IOException("this is not a regular file");
        }
        final Path place = there ? file.toRealPath() : file.toAbsolutePath();
        final Path directory = place.getParent();
        final Path beside = directory.resolve(
                "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        // A process that is told to end while it writes leaves nothing; one that is killed leaves the file beside.
        beside.toFile().deleteOnExit();
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
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
        force(directory);
    }

    // A rename is on the disk when its directory is.
    private static void force(final Path directory) throws IOException {
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
