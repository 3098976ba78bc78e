package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A section under construction: its items in order, and after layout where each starts. */
final class SectionBuilder {
    // checkstyle: MagicNumber off
    private static final int CODE_ALIGN = 16;
    private static final int DATA_ALIGN = 8;
    // checkstyle: MagicNumber on

    private final String name;
    private final List<Item> items = new ArrayList<>();
    private int align;
    private long knownBytes;
    private boolean content;
    private long[] offsets;

    SectionBuilder(final String name) {
        this.name = name;
        if (isCode()) {
            align = CODE_ALIGN;
        } else {
            align = name.startsWith(".data") || name.startsWith(".rodata") || name.startsWith(".bss") ? DATA_ALIGN : 1;
        }
    }

    String name() {
        return name;
    }

    boolean isCode() {
        return name.startsWith(".text");
    }

    int align() {
        return align;
    }

    List<Item> items() {
        return items;
    }

    void add(final Item item) {
        if (item instanceof Item.Align aligned) {
            align = Math.max(align, aligned.align);
        }
        content |= !isZero(item);
        knownBytes += Math.max(item.size(), 1);
        requireBound(knownBytes);
        items.add(item);
    }

    private boolean isZero(final Item item) {
        return item instanceof Item.Zero || item instanceof Item.Align aligned && aligned.fill == 0;
    }

    /** {@return whether it holds bytes, and not only reserved room} */
    boolean hasContent() {
        return content;
    }

    void requireBound(final long bytes) {
        if (content && bytes > Limits.SECTION_BYTES) {
            throw new Refusal("section " + name + " grows beyond " + Limits.SECTION_BYTES + " bytes");
        }
        if (bytes > Limits.SECTION_ZERO_BYTES) {
            throw new Refusal("section " + name + " grows beyond " + Limits.SECTION_ZERO_BYTES + " bytes");
        }
    }

    /** {@return the bytes between two items, where their sizes are known} */
    OptionalLong distance(final int from, final int to) {
        if (offsets != null) {
            return OptionalLong.of(offset(to) - offset(from));
        }
        long sum = 0;
        for (int i = Math.min(from, to); i < Math.max(from, to); i++) {
            final long size = items.get(i).size();
            if (size == Item.UNKNOWN) {
                return OptionalLong.empty();
            }
            sum += size;
        }
        return OptionalLong.of(from <= to ? sum : -sum);
    }

    /** Takes over where each item starts, and after the last one where the section ends. */
    void settle(final long[] starts) {
        offsets = starts;
    }

    /** {@return where an item starts, bytes from the start of the section} */
    long offset(final int item) {
        return offsets[item];
    }

    /** {@return bytes, once laid out} */
    long size() {
        return offsets[items.size()];
    }
}
