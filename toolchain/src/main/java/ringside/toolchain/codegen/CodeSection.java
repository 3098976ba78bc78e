package ringside.toolchain.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ringside.toolchain.image.Relocation;
import ringside.toolchain.image.SourceLine;

/**
 * One section while it grows: bytes that are final, and between them elastics, whose size depends on where things
 * end up: jumps, short or near, and padding.
 *
 * <p>Bytes of elastics are not in the buffer, so a {@link Place} is a position in the buffer and the number of
 * elastics before it; {@link SectionLayout} turns it into an offset.
 */
final class CodeSection {
    private static final int MAX_SIZE = 1 << 28;

    private final String name;
    private final boolean code;
    private final List<Elastic> elastics = new ArrayList<>();
    private final List<Fixup> fixups = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private byte[] raw = new byte[256];
    private int stored;
    private int position;
    private int align;
    private Place contentEnd = new Place(0, 0);

    CodeSection(final String name) {
        this.name = name;
        code = name.startsWith(".text");
        align = code ? 16 : 8;
    }

    /** A point between two bytes. */
    record Place(int raw, int elastics) {
    }

    /** Something whose size is not known yet, at a position of the buffer. */
    sealed interface Elastic {
        int raw();
    }

    /** A jump; {@code condition} is {@code null} for an unconditional one. */
    record Jump(int raw, Cond condition, Label target) implements Elastic {
    }

    /** Padding up to a power of two; {@code fill} is a byte, or {@link #NOPS}. */
    record Padding(int raw, int bytes, int fill) implements Elastic {
        static final int NOPS = -1;
    }

    /** A hole to be filled with the address of a label, or the distance to it. */
    record Fixup(Place place, Relocation.Kind kind, Label target, long addend) {
    }

    /** From here on bytes come from this line. */
    record Row(Place place, SourceLine source) {
    }

    String name() {
        return name;
    }

    boolean isCode() {
        return code;
    }

    int align() {
        return align;
    }

    List<Elastic> elastics() {
        return elastics;
    }

    List<Fixup> fixups() {
        return fixups;
    }

    List<Row> rows() {
        return rows;
    }

    /** The bytes between the elastics; trailing zeros that were only reserved may be missing. */
    byte[] raw() {
        return Arrays.copyOf(raw, stored);
    }

    /** The end of what must be stored: behind it there are reserved zeros only. */
    Place contentEnd() {
        return contentEnd;
    }

    Place here() {
        return new Place(position, elastics.size());
    }

    void row(final SourceLine source) {
        rows.add(new Row(here(), source));
    }

    void append(final int value) {
        advance(1);
        store();
        raw[position - 1] = (byte) value;
    }

    /** Appends the low {@code bytes} bytes of a number, least significant first. */
    void append(final long value, final int bytes) {
        for (int i = 0; i < bytes; i++) {
            append((int) (value >>> i * 8));
        }
    }

    /** Appends a hole for an address. */
    void fixup(final Relocation.Kind kind, final Label target, final long addend) {
        fixups.add(new Fixup(here(), kind, target, addend));
        append(0, kind.width());
    }

    void jump(final Cond condition, final Label target) {
        store();
        elastics.add(new Jump(position, condition, target));
        contentEnd = here();
    }

    void pad(final int bytes, final int fill) {
        if (Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException("an alignment is a power of two: bytes=" + bytes);
        }
        align = Math.max(align, bytes);
        if (fill != 0) {
            store();
        }
        elastics.add(new Padding(position, bytes, fill));
        if (fill != 0) {
            contentEnd = here();
        }
    }

    void reserve(final long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("cannot reserve less than nothing: bytes=" + bytes);
        }
        advance(bytes);
    }

    private void advance(final long bytes) {
        if (bytes > MAX_SIZE - position) {
            throw new IllegalArgumentException("a section has at most " + MAX_SIZE + " bytes: name=" + name);
        }
        position += (int) bytes;
    }

    /** Makes everything up to here part of the content. */
    private void store() {
        if (position > raw.length) {
            raw = Arrays.copyOf(raw, Math.max(position, raw.length * 2));
        }
        stored = position;
        contentEnd = here();
    }
}
