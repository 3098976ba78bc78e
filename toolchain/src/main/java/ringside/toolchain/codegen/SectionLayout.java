package ringside.toolchain.codegen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import ringside.toolchain.image.LineRow;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.Relocation;

/**
 * A finished section: every jump as short as it can be, every place an offset.
 *
 * <p>All jumps start short; one whose target is out of reach becomes near and stays so. That ends, because each round
 * but the last makes one more jump near, and it gives the same bytes for the same calls.
 */
final class SectionLayout {
    private static final int SHORT_SIZE = 2;
    private static final int NEAR_JMP_SIZE = 5;
    private static final int NEAR_JCC_SIZE = 6;
    /** Recommended multi-byte NOPs, by length (SDM 2B, NOP, table 4-12). */
    private static final int[][] NOPS = {
        {},
        {0x90},
        {0x66, 0x90},
        {0x0f, 0x1f, 0x00},
        {0x0f, 0x1f, 0x40, 0x00},
        {0x0f, 0x1f, 0x44, 0x00, 0x00},
        {0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00},
        {0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00},
        {0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
        {0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
    };

    private final CodeSection section;
    private final List<CodeSection.Elastic> elastics;
    private final int[] sizes;
    /** Bytes of all elastics before the one with this index. */
    private final int[] before;

    SectionLayout(final CodeSection section) {
        this.section = section;
        elastics = section.elastics();
        sizes = new int[elastics.size()];
        before = new int[elastics.size() + 1];
        for (int i = 0; i < sizes.length; i++) {
            if (elastics.get(i) instanceof CodeSection.Jump jump) {
                sizes[i] = jump.target().section() == section ? SHORT_SIZE : nearSize(jump);
            }
        }
        do {
            place();
        } while (lengthen());
    }

    int offset(final CodeSection.Place place) {
        return place.raw() + before[place.elastics()];
    }

    int size() {
        return offset(section.here());
    }

    private static int nearSize(final CodeSection.Jump jump) {
        return jump.condition() == null ? NEAR_JMP_SIZE : NEAR_JCC_SIZE;
    }

    private void place() {
        for (int i = 0; i < sizes.length; i++) {
            if (elastics.get(i) instanceof CodeSection.Padding padding) {
                sizes[i] = -(padding.raw() + before[i]) & padding.bytes() - 1;
            }
            before[i + 1] = before[i] + sizes[i];
        }
    }

    private boolean lengthen() {
        boolean changed = false;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == SHORT_SIZE && elastics.get(i) instanceof CodeSection.Jump jump) {
                final int distance = distance(jump, i);
                if (distance != (byte) distance) {
                    sizes[i] = nearSize(jump);
                    changed = true;
                }
            }
        }
        return changed;
    }

    /** From the end of the jump to its target. */
    private int distance(final CodeSection.Jump jump, final int index) {
        return offset(jump.target().place()) - (jump.raw() + before[index] + sizes[index]);
    }

    /** The section with everything filled in that does not need the linker. */
    ObjectSection finish() {
        final byte[] bytes = new byte[offset(section.contentEnd())];
        final byte[] raw = section.raw();
        int copied = 0;
        for (int i = 0; i <= sizes.length; i++) {
            final int next = i == sizes.length ? raw.length : Math.min(elastics.get(i).raw(), raw.length);
            if (next > copied) {
                System.arraycopy(raw, copied, bytes, copied + before[i], next - copied);
                copied = next;
            }
        }
        final List<Relocation> relocations = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            if (elastics.get(i) instanceof CodeSection.Jump jump) {
                fillJump(bytes, jump, i, relocations);
            } else if (elastics.get(i) instanceof CodeSection.Padding padding) {
                fillPadding(bytes, padding, i);
            }
        }
        for (final CodeSection.Fixup fixup : section.fixups()) {
            fill(bytes, offset(fixup.place()), fixup.kind(), fixup.target(), fixup.addend(), relocations);
        }
        relocations.sort(Comparator.comparingInt(Relocation::offset));
        return new ObjectSection(
                section.name(), section.align(), bytes, size() - (long) bytes.length, relocations, lines());
    }

    private void fillJump(
            final byte[] bytes, final CodeSection.Jump jump, final int index, final List<Relocation> relocations) {
        final int at = jump.raw() + before[index];
        final boolean conditional = jump.condition() != null;
        final int condition = conditional ? jump.condition().ordinal() : 0;
        if (sizes[index] == SHORT_SIZE) {
            bytes[at] = (byte) (conditional ? 0x70 | condition : 0xeb);
            bytes[at + 1] = (byte) distance(jump, index);
            return;
        }
        if (conditional) {
            bytes[at] = 0x0f;
            bytes[at + 1] = (byte) (0x80 | condition);
        } else {
            bytes[at] = (byte) 0xe9;
        }
        fill(bytes, at + sizes[index] - 4, Relocation.Kind.PC32, jump.target(), -4, relocations);
    }

    private void fillPadding(final byte[] bytes, final CodeSection.Padding padding, final int index) {
        int at = padding.raw() + before[index];
        int left = sizes[index];
        while (left > 0 && padding.fill() == CodeSection.Padding.NOPS) {
            final int[] nop = NOPS[Math.min(left, NOPS.length - 1)];
            for (final int part : nop) {
                bytes[at++] = (byte) part;
            }
            left -= nop.length;
        }
        for (; left > 0 && padding.fill() != 0; left--) {
            bytes[at++] = (byte) padding.fill();
        }
    }

    private void fill(
            final byte[] bytes, final int at, final Relocation.Kind kind, final Label target, final long addend,
            final List<Relocation> relocations) {
        if (kind != Relocation.Kind.PC32 || target.section() != section) {
            relocations.add(new Relocation(at, kind, target.name(), addend));
            return;
        }
        final long value = offset(target.place()) + addend - at;
        if (value != (int) value) {
            throw new IllegalStateException("a distance has 32 bits: target=" + target + ", distance=" + value);
        }
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> i * 8);
        }
    }

    private List<LineRow> lines() {
        final List<LineRow> lines = new ArrayList<>();
        for (final CodeSection.Row row : section.rows()) {
            final int at = offset(row.place());
            if (!lines.isEmpty() && lines.getLast().offset() == at) {
                lines.removeLast();
            }
            if (lines.isEmpty() || !lines.getLast().source().equals(row.source())) {
                lines.add(new LineRow(at, row.source()));
            }
        }
        return lines;
    }
}
