package ringside.console.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Panels side by side and one upon the other, each with its title in the line above it.
 *
 * <pre>
 *   ━ code ━━━━━━━━━━┳━ cpu 0 ━━━━━━━━━━━
 *   ━ history ━━━━━━━━━━━━━━━━━━━━━━━━━━━
 *   ━ threads ━━━━━━━┳━ COM1 ━━━━━━━━━━━━
 * </pre>
 *
 * <p>The lines are heavy ones: JLine takes light ones for letters of another set.
 *
 * @param code      left above
 * @param registers right above
 * @param timeline  across
 * @param threads   left below
 * @param speech    right below
 * @param rings     across, below the timeline
 */
public record Layout(Optional<Panel> code, Optional<Panel> registers, Optional<TimelinePanel> timeline,
                     Optional<Panel> threads, Optional<Panel> speech, Optional<RingsPanel> rings) {
    private static final int REGISTERS = 42;
    private static final int LEAST_CODE = 34;
    private static final int ABOVE = 9;
    private static final int LEAST_BELOW = 3;

    /**
     * A layout without rings.
     *
     * @param code      left above
     * @param registers right above
     * @param timeline  across
     * @param threads   left below
     * @param speech    right below
     */
    public Layout(final Optional<Panel> code, final Optional<Panel> registers, final Optional<TimelinePanel> timeline,
                  final Optional<Panel> threads, final Optional<Panel> speech) {
        this(code, registers, timeline, threads, speech, Optional.empty());
    }

    /**
     * {@return the lines}
     *
     * @param width  columns, at least 20
     * @param height how many, at least 1
     */
    public List<Line> lines(final int width, final int height) {
        final boolean above = code.isPresent() || registers.isPresent();
        final boolean below = threads.isPresent() || speech.isPresent();
        final boolean alone = !above && !below;
        final int ringed = rings.isEmpty() ? 0 : alone && timeline.isEmpty() ? height : 1 + rings.get().height();
        final int across = timeline.isEmpty() ? 0 : alone ? Math.max(0, height - ringed)
            : 1 + timeline.get().height();
        final int rest = Math.max(0, height - across - ringed);
        // The registers take eight lines; what a larger screen has goes to all.
        final int first = !above ? 0 : below ? Math.clamp(Math.max(ABOVE, rest * 3L / 5), 0,
            Math.max(0, rest - LEAST_BELOW)) : rest;
        final List<Line> lines = new ArrayList<>();
        lines.addAll(band(code, registers, width, first, leftOfRegisters(width)));
        timeline.ifPresent(panel -> lines.addAll(framed(panel, width, Math.min(across, height))));
        rings.ifPresent(panel -> lines.addAll(framed(panel, width, Math.min(ringed, height))));
        lines.addAll(band(threads, speech, width, below ? rest - first : 0, width / 2));
        return Line.fit(lines, width, height);
    }

    private static int leftOfRegisters(final int width) {
        return width - 1 - REGISTERS >= LEAST_CODE ? width - 1 - REGISTERS : width / 2;
    }

    private static List<Line> band(final Optional<Panel> left, final Optional<Panel> right, final int width,
                                   final int height, final int leftWidth) {
        if (height == 0) {
            return List.of();
        }
        if (left.isEmpty() || right.isEmpty()) {
            return Stream.concat(left.stream(), right.stream()).findFirst()
                .map(panel -> framed(panel, width, height)).orElse(List.of());
        }
        final List<Line> one = framed(left.get(), leftWidth, height);
        final List<Line> other = framed(right.get(), width - leftWidth - 1, height);
        final List<Line> lines = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            lines.add(one.get(i).beside(Line.of(i == 0 ? "┳" : "┃", Tone.FRAME)).beside(other.get(i)));
        }
        return lines;
    }

    private static List<Line> framed(final Panel panel, final int width, final int height) {
        final String title = "━ " + panel.title() + " ";
        final List<Line> lines = new ArrayList<>();
        lines.add(Line.of(title + "━".repeat(Math.max(0, width - title.length())), Tone.FRAME).fit(width));
        if (height > 1) {
            lines.addAll(panel.lines(width, height - 1));
        }
        return lines;
    }
}
