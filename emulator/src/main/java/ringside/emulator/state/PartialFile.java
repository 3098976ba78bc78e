package ringside.emulator.state;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows for a long time: {@code FILE.partial} until it is finished, and only then {@code FILE}. Of a
 * process that is killed the file beside stays, with all that was flushed.
 */
public final class PartialFile implements AutoCloseable {
    /** What the name of a file ends with that is not finished. */
    public static final String SUFFIX = ".partial";

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Path place;
    private final Path beside;
    private final FileChannel channel;
    private final OutputStream out;

    private PartialFile(final Path file, final Path place, final Path beside, final FileChannel channel) {
        this.file = file;
        this.place = place;
        this.beside = beside;
        this.channel = channel;
        out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /** What is done to the file. */
    @FunctionalInterface
    public interface Writing {
        /**
         * Does it.
         *
         * @param out takes what is written; the caller closes it
         * @throws IOException that {@code out} throws
         */
        void to(OutputStream out) throws IOException;
    }

    /**
     * Begins a file; one beside that an earlier process left unfinished is replaced.
     *
     * @param file where it will be
     * @return the file; its owner closes it
     * @throws UnwrittenFileException when the file system refuses, or somebody else is writing this file
     */
    public static PartialFile begin(final Path file) {
        try {
            final Path place = WholeFile.place(file);
            final Path beside = place.resolveSibling(place.getFileName() + SUFFIX);
            if (Files.exists(beside) && !Files.isRegularFile(beside)) {
                throw new IOException("beside it is " + beside.getFileName() + ", which is not a regular file");
            }
            final FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                if (channel.tryLock() == null) {
                    throw new IOException("another process is writing it");
                }
                channel.truncate(0);
                return new PartialFile(file, place, beside, channel);
            } catch (final OverlappingFileLockException taken) {
                channel.close();
                throw new IOException("this process is writing it already", taken);
            } catch (final Throwable failure) {
                channel.close();
                throw failure;
            }
        } catch (final IOException failure) {
            throw new UnwrittenFileException(file, failure);
        }
    }

    /**
     * Writes on.
     *
     * @param writing what
     * @throws UnwrittenFileException when the file system refuses
     */
    public void write(final Writing writing) {
        try {
            writing.to(out);
        } catch (final IOException failure) {
            throw new UnwrittenFileException(file, failure);
        }
    }

    /** Hands what was written to the host's system: it is in the file beside, whatever becomes of this process. */
    public void flush() {
        write(OutputStream::flush);
    }

    /**
     * Forces all of it to the disk and gives the file its name, in the place of one that was there.
     *
     * @throws UnwrittenFileException when the file system refuses
     */
    public void finish() {
        try {
            out.flush();
            channel.force(true);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            WholeFile.force(place.getParent());
            channel.close();
        } catch (final IOException failure) {
            throw new UnwrittenFileException(file, failure);
        }
    }

    /** Lets go of the file; unless it is finished, the file beside stays. */
    @Override
    public void close() {
        try {
            if (channel.isOpen()) {
                out.flush();
                channel.close();
            }
        } catch (final IOException failure) {
            throw new UnwrittenFileException(file, failure);
        }
    }
}
