package ringside.emulator.device.virtio;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/**
 * A disk image file: its bytes are the disk's, sector by sector. What the guest writes is in the file at once, and
 * safe when the guest's flush is done.
 *
 * <p>A file that is written is locked, so that no other machine opens it meanwhile; one that is only read may have any
 * number of readers, and must not change below them. A machine that writes to its file cannot go back: the file is not
 * part of its state. Put an {@link OverlayDisk} over a read-only file for that.
 */
public final class FileDisk implements BlockBackend {
    /** The largest disk, bytes. */
    public static final long MOST_BYTES = 1L << 40;

    private final String name;
    private final FileChannel file;
    private final long sectors;
    private final boolean readOnly;

    private FileDisk(final String name, final FileChannel file, final long bytes, final boolean readOnly) {
        this.name = name;
        this.file = file;
        sectors = bytes / SECTOR;
        this.readOnly = readOnly;
    }

    /**
     * Opens a file.
     *
     * @param path     a regular file of whole sectors
     * @param readOnly whether nothing will be written to it
     * @return the disk; its owner closes it
     * @throws DiskImageException when it cannot be a disk
     */
    public static FileDisk open(final Path path, final boolean readOnly) {
        final String name = path.toString();
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new DiskImageException(name, "file", "a disk image is a regular file");
        }
        FileChannel file = null;
        try {
            file = FileChannel.open(path, readOnly ? Set.of(StandardOpenOption.READ)
                    : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            final long bytes = file.size();
            if (bytes == 0 || bytes % SECTOR != 0 || bytes > MOST_BYTES) {
                throw new DiskImageException(name, "size", "a disk image is 1 to " + MOST_BYTES / SECTOR
                        + " sectors of " + SECTOR + " bytes: bytes=" + bytes);
            }
            lock(file, readOnly);
            return new FileDisk(name, file, bytes, readOnly);
        } catch (final NoSuchFileException e) {
            throw new DiskImageException(name, "file", "there is none");
        } catch (final IOException e) {
            close(file);
            throw new DiskImageException(name, "file", "cannot be opened: " + e.getMessage());
        } catch (final OverlappingFileLockException e) {
            close(file);
            throw new DiskImageException(name, "file", "another machine has it open");
        } catch (final DiskImageException e) {
            close(file);
            throw e;
        }
    }

    // A reader keeps no lock: this JVM could then open the file only once. It looks whether somebody writes.
    private static synchronized void lock(final FileChannel file, final boolean readOnly) throws IOException {
        final FileLock lock = file.tryLock(0, Long.MAX_VALUE, readOnly);
        if (lock == null) {
            throw new OverlappingFileLockException();
        }
        if (readOnly) {
            lock.release();
        }
    }

    private static void close(final FileChannel file) {
        if (file != null) {
            try {
                file.close();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public long sectors() {
        return sectors;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public boolean restorable() {
        return readOnly;
    }

    @Override
    public void read(final long sector, final byte[] into, final int length) throws IOException {
        final ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        long at = sector * SECTOR;
        while (buffer.hasRemaining()) {
            final int count = file.read(buffer, at);
            if (count < 0) {
                throw new EOFException(name + ": the file has become shorter: at=" + at);
            }
            at += count;
        }
    }

    @Override
    public void write(final long sector, final byte[] from, final int length) throws IOException {
        final ByteBuffer buffer = ByteBuffer.wrap(from, 0, length);
        long at = sector * SECTOR;
        while (buffer.hasRemaining()) {
            at += file.write(buffer, at);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!readOnly) {
            file.force(false);
        }
    }

    @Override
    public void close() {
        close(file);
    }

    @Override
    public void save(final StateWriter out) {
        out.section("file-disk").i64(sectors).bool(readOnly);
    }

    @Override
    public void load(final StateReader in) {
        in.section("file-disk");
        if (in.i64() != sectors || in.bool() != readOnly) {
            throw in.refused(name + " is another disk than the one of the state");
        }
    }
}
