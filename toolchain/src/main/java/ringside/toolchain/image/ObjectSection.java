package ringside.toolchain.image;

import java.util.List;
import java.util.Objects;

/**
 * One section of an {@link ObjectCode}: bytes with holes, and the lines they came from.
 *
 * @param name        e.g. {@code .text}, {@code .data.percpu}; the {@link LinkPlan} decides where it goes
 * @param align       a power of two, bytes
 * @param bytes       the content; empty for a section that is only zero-filled
 * @param zeroBytes   zero bytes that follow the content and take no room in the file
 * @param relocations holes in {@code bytes}, by rising offset
 * @param lines       by rising offset; may be empty
 * @param frames      how debuggers come to callers, by rising offset; may be empty
 */
public record ObjectSection(String name, int align, byte[] bytes, long zeroBytes, List<Relocation> relocations,
        List<LineRow> lines, List<FrameRow> frames) {
    /** Checks the alignment and copies the lists; the array is shared, not copied. */
    public ObjectSection {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bytes, "bytes");
        if (Integer.bitCount(align) != 1) {
            throw new IllegalArgumentException("an alignment is a power of two: align=" + align);
        }
        if (zeroBytes < 0) {
            throw new IllegalArgumentException("zero bytes cannot be negative: zeroBytes=" + zeroBytes);
        }
        relocations = List.copyOf(relocations);
        lines = List.copyOf(lines);
        frames = List.copyOf(frames);
    }

    /**
     * Makes a section without frames.
     *
     * @param name        as in the record
     * @param align       as in the record
     * @param bytes       as in the record
     * @param zeroBytes   as in the record
     * @param relocations as in the record
     * @param lines       as in the record
     */
    public ObjectSection(final String name, final int align, final byte[] bytes, final long zeroBytes,
            final List<Relocation> relocations, final List<LineRow> lines) {
        this(name, align, bytes, zeroBytes, relocations, lines, List.of());
    }

    /** {@return content and zero fill together, bytes} */
    public long size() {
        return bytes.length + zeroBytes;
    }
}
