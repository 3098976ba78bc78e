package ringside.toolchain.image;

import java.util.Objects;

/**
 * From {@code offset} to the next row's offset a rule holds.
 *
 * @param offset bytes from the start of the section
 * @param rule   how to come to the caller
 */
public record FrameRow(int offset, FrameRule rule) {
    /** Refuses a row before the section. */
    public FrameRow {
        Objects.requireNonNull(rule, "rule");
        if (offset < 0) {
            throw new IllegalArgumentException("a frame row lies inside its section: offset=" + offset);
        }
    }
}
