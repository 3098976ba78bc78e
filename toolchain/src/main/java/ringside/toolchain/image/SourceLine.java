package ringside.toolchain.image;

import java.util.Objects;

/**
 * A place in a source text: where a machine instruction came from.
 *
 * @param file path as the user knows it, relative to the source root, with forward slashes
 * @param line 1-based
 */
public record SourceLine(String file, int line) implements Comparable<SourceLine> {
    /** Refuses a line below 1. */
    public SourceLine {
        Objects.requireNonNull(file, "file");
        if (line < 1) {
            throw new IllegalArgumentException("a source line counts from 1: line=" + line);
        }
    }

    @Override
    public int compareTo(final SourceLine other) {
        final int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
