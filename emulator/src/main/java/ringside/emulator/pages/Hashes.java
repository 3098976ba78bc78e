package ringside.emulator.pages;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash function of states. */
public final class Hashes {
    /** Bytes of a digest. */
    public static final int BYTES = 32;

    private Hashes() {
    }

    /** {@return SHA-256, with nothing in it yet} */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * Adds 8 bytes, the highest first.
     *
     * @param hash  takes them
     * @param value has them
     */
    public static void update(final MessageDigest hash, final long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            hash.update((byte) (value >>> shift));
        }
    }
}
