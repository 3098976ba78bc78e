package ringside.emulator.snapshot;

import java.util.Objects;

/**
 * What one part of a machine saved of itself.
 *
 * @param name   of the part, unique in a snapshot, e.g. {@code cpu 0}
 * @param bytes  as {@link ringside.emulator.state.StateWriter} has them; not copied, nobody changes them
 * @param hashed whether the state hash covers it: all that the guest can ever notice, and nothing else
 */
public record StatePart(String name, byte[] bytes, boolean hashed) {
    /** The longest name, characters. */
    public static final int LONGEST_NAME = 64;
    /** The most bytes of one part; a disk's overlay is the largest. */
    public static final int MOST_BYTES = 512 << 20;

    /** Refuses what no file could hold. */
    public StatePart {
        Objects.requireNonNull(bytes, "bytes");
        if (name.isEmpty() || name.length() > LONGEST_NAME || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a part has a name of 1 to " + LONGEST_NAME
                    + " printable characters: name=" + name);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a part has at most " + MOST_BYTES + " bytes: name=" + name + " bytes=" + bytes.length);
        }
    }
}
