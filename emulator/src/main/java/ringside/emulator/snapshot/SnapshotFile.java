package ringside.emulator.snapshot;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Snapshots in files: written whole or not at all, and trusted in nothing when read. */
public final class SnapshotFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private SnapshotFile() {
    }

    /**
     * Writes a snapshot. The file appears complete, in the place of one that was there, or not at all: the bytes are
     * written beside it, forced to the disk and renamed.
     *
     * @param snapshot what to write
     * @param file     where
     * @throws SnapshotException when the file system refuses
     */
    public static void write(final Snapshot snapshot, final Path file) {
        final Path directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new SnapshotException(file.toString(), "file", "this is a directory");
        }
        final Path beside = directory.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                final OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
                new SnapshotWriter(snapshot, out).write();
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(directory);
        } catch (final IOException failure) {
            remove(beside);
            throw new SnapshotException(file.toString(), "file", "cannot be written: " + failure);
        }
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
            // What could not be written cannot be removed either; the message is about the writing.
        }
    }

    /**
     * Reads a snapshot.
     *
     * @param file    from anywhere
     * @param ramMost bytes of RAM that are at most believed, and taken
     * @param disks   how many parts with pages are at most believed
     * @return what it holds
     * @throws SnapshotException when it cannot be read or is no snapshot
     */
    public static Snapshot read(final Path file, final long ramMost, final int disks) {
        final String name = file.toString();
        if (!Files.exists(file)) {
            throw new SnapshotException(name, "file", "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new SnapshotException(name, "file", "this is not a regular file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            return read(name, in, ramMost, disks);
        } catch (final IOException failure) {
            throw new SnapshotException(name, "file", "cannot be read: " + failure);
        }
    }

    /**
     * Reads a snapshot.
     *
     * @param name    for messages
     * @param from    from anywhere; read to its end
     * @param ramMost bytes of RAM that are at most believed, and taken
     * @param disks   how many parts with pages are at most believed; each may take 512 MiB
     * @return what it holds
     * @throws IOException       when the stream fails
     * @throws SnapshotException when it is no snapshot
     */
    public static Snapshot read(final String name, final InputStream from, final long ramMost, final int disks)
            throws IOException {
        return new SnapshotReader(name, from, ramMost, disks).read();
    }
}
