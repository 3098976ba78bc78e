package ringside.console.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How full shared rings are.
 *
 * <pre>
 *   0x6a2000  writer > reader  ######..  6 of 8   put 14  taken 8   writer waits
 * </pre>
 *
 * @param rings  those that were used
 * @param remark why there are none, or what is to be known of them; may be empty
 */
public record RingsPanel(List<Ring> rings, String remark) implements Panel {
    private static final int MOST_LINES = 4;
    private static final int BAR = 16;

    /** Copies the list. */
    public RingsPanel {
        rings = List.copyOf(rings);
        Objects.requireNonNull(remark, "remark");
    }

    /**
     * A ring.
     *
     * @param name  of it
     * @param slots how many messages it has room for
     * @param head  messages that were taken, modulo 2^32
     * @param tail  messages that were put, modulo 2^32
     * @param waits who waits; may be empty
     */
    public record Ring(String name, int slots, int head, int tail, String waits) {
        int occupancy() {
            return Math.clamp(Integer.toUnsignedLong(tail - head), 0, slots);
        }
    }

    @Override
    public String title() {
        return rings.isEmpty() ? "rings" : "rings: " + rings.size();
    }

    /** {@return lines that it needs} */
    int height() {
        return Math.clamp(rings.size(), 1, MOST_LINES);
    }

    @Override
    public List<Line> lines(final int width, final int height) {
        final List<Line> lines = new ArrayList<>();
        final int names = rings.stream().mapToInt(ring -> ring.name().length()).max().orElse(0);
        for (final Ring ring : rings) {
            final int filled = (ring.occupancy() * Math.min(ring.slots(), BAR) + ring.slots() - 1) / ring.slots();
            final String text = String.format("%-" + names + "s  %s%s  %d of %d  put %s  taken %s%s",
                Line.columns(ring.name()), "#".repeat(filled), ".".repeat(Math.min(ring.slots(), BAR) - filled),
                ring.occupancy(), ring.slots(), Integer.toUnsignedString(ring.tail()),
                Integer.toUnsignedString(ring.head()), ring.waits().isEmpty() ? "" : "  " + ring.waits());
            lines.add(Line.of(text, ring.occupancy() == ring.slots() ? Tone.CHANGED : Tone.PLAIN));
        }
        if (lines.isEmpty()) {
            lines.add(Line.of(Line.columns(remark), Tone.FAINT));
        }
        if (lines.size() > height) {
            final int left = lines.size() - height + 1;
            lines.subList(height - 1, lines.size()).clear();
            lines.add(Line.of("... and " + left + " more: 'rings'", Tone.FAINT));
        }
        return Line.fit(lines, width, height);
    }
}
