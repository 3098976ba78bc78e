package ringside.toolchain.image;

import java.util.Objects;

/**
 * The bytes from {@code offset} to the next row's offset come from {@code source}.
 *
 * @param offset bytes from the start of the section
 * @param source the line that made them
 */
public record LineRow(int offset, SourceLine source) {
    /** Refuses a row before the section. */
    public LineRow {
        Objects.requireNonNull(source, "source");
        if (offset < 0) {
            throw new IllegalArgumentException("a line row lies inside its section: offset=" + offset);
        }
    }
}
