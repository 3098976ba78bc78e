package ringside.emulator.snapshot;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import ringside.emulator.state.OwnFile;
import ringside.emulator.state.UnwrittenFileException;
import ringside.emulator.state.WholeFile;

/** Snapshots in files: written whole or not at all, and trusted in nothing when read. */
public final class SnapshotFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private SnapshotFile() {
    }

    /**
     * Writes a snapshot as {@link WholeFile}.
     *
     * @param snapshot what to write
     * @param file     where
     * @throws UnwrittenFileException when the file system refuses
     */
    public static void write(final Snapshot snapshot, final Path file) {
        WholeFile.write(file, out -> new SnapshotWriter(snapshot, out).write());
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

    /**
     * {@return why a file is not replaced by a snapshot, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "a snapshot", ByteBuffer.allocate(Long.BYTES).putLong(SnapshotFormat.MAGIC)
                .array());
    }
}
