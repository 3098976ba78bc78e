package ringside.emulator.snapshot;

import java.security.MessageDigest;
import java.util.Objects;

/** What one part of a machine saved of itself. Immutable, and shared by all snapshots in which it is the same. */
public final class StatePart {
    /** The longest name, characters. */
    public static final int LONGEST_NAME = 64;
    /** The most bytes of one part; a disk's overlay is the largest. */
    public static final int MOST_BYTES = 512 << 20;

    private final String name;
    private final byte[] bytes;
    private final boolean hashed;
    private volatile byte[] digest;

    /**
     * Makes a part; refuses what no file could hold.
     *
     * @param name   of the part, unique in a snapshot, e.g. {@code cpu 0}
     * @param bytes  as {@link ringside.emulator.state.StateWriter} has them; not copied, nobody changes them
     * @param hashed whether the state hash covers it: all that the guest can ever notice, and nothing else
     */
    public StatePart(final String name, final byte[] bytes, final boolean hashed) {
        this.name = name;
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        this.hashed = hashed;
        if (name.isEmpty() || name.length() > LONGEST_NAME || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a part has a name of 1 to " + LONGEST_NAME
                    + " printable characters: name=" + name);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a part has at most " + MOST_BYTES + " bytes: name=" + name + " bytes=" + bytes.length);
        }
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return what it saved; nobody changes it} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return whether the state hash covers it} */
    public boolean hashed() {
        return hashed;
    }

    /** {@return SHA-256 of the bytes; computed when first asked for} */
    byte[] digest(final MessageDigest sha256) {
        byte[] known = digest;
        if (known == null) {
            known = sha256.digest(bytes);
            digest = known;
        }
        return known;
    }
}
