package ringside.emulator.device.virtio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A disk image file and what becomes of the guest's writing.
 *
 * @param path the file
 * @param mode what becomes of writing
 */
public record DiskImage(Path path, Mode mode) implements DiskSource {
    /** How much an overlay may change, bytes. */
    public static final long MOST_CHANGES = 256L << 20;

    private static final int BUFFER = 1 << 16;

    /** What becomes of the guest's writing. */
    public enum Mode {
        /** It goes to the file. */
        WRITE_THROUGH,
        /** It is kept in memory as part of the machine, and the file stays as it is. */
        OVERLAY,
        /** It is refused. */
        READ_ONLY
    }

    @Override
    public BlockBackend open() {
        final FileDisk file = FileDisk.open(path, mode != Mode.WRITE_THROUGH);
        return mode == Mode.OVERLAY ? new OverlayDisk(file, MOST_CHANGES) : file;
    }

    /**
     * {@return what the file is, whatever it is called: its length and the SHA-256 of its bytes}
     *
     * @throws DiskImageException when it cannot be read
     */
    @Override
    public String identity() {
        try (InputStream file = Files.newInputStream(path)) {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            final byte[] buffer = new byte[BUFFER];
            long length = 0;
            for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
                digest.update(buffer, 0, count);
                length += count;
            }
            return length + " " + HexFormat.of().formatHex(digest.digest());
        } catch (final IOException e) {
            throw new DiskImageException(path.toString(), "file", "cannot be read: " + e.getMessage());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
