package ringside.emulator.snapshot;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash function of snapshots. */
final class Hashes {
    /** Bytes of a digest. */
    static final int BYTES = 32;

    private Hashes() {
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    static void update(final MessageDigest hash, final long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            hash.update((byte) (value >>> shift));
        }
    }
}
