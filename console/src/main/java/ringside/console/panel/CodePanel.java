package ringside.console.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Code around where the guest goes on.
 *
 * @param routine      in which it stands, with a file and line where known; empty where nothing is known
 * @param instructions in order of addresses
 * @param here         number of the one that comes next; -1 where it is none of them
 */
public record CodePanel(String routine, List<Instruction> instructions, int here) implements Panel {
    private static final int ABOVE = 3;
    private static final int TEXT = 34;
    private static final int LEAST_FOR_SOURCE = 62;

    /** Copies the list. */
    public CodePanel {
        Objects.requireNonNull(routine, "routine");
        instructions = List.copyOf(instructions);
    }

    /**
     * An instruction.
     *
     * @param place  its address, or how far into the routine it is
     * @param text   Intel syntax
     * @param source that made it; empty where it is not known
     */
    public record Instruction(String place, String text, String source) {
        /** Refuses missing parts. */
        public Instruction {
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(source, "source");
        }
    }

    @Override
    public String title() {
        return routine.isEmpty() ? "code" : "code: " + routine;
    }

    @Override
    public List<Line> lines(final int width, final int height) {
        if (instructions.isEmpty()) {
            return Line.fit(List.of(Line.of("(nothing is mapped here)", Tone.FAINT)), width, height);
        }
        final int above = Math.min(ABOVE, (height - 1) / 2);
        final int first = Math.clamp(Math.max(0, here) - above, 0, Math.max(0, instructions.size() - height));
        final int last = Math.min(instructions.size(), first + height);
        final int places = instructions.subList(first, last).stream().mapToInt(one -> one.place().length()).max()
            .orElse(0);
        final List<Line> lines = new ArrayList<>();
        for (int i = first; i < last; i++) {
            lines.add(line(instructions.get(i), places, i == here, width));
        }
        return Line.fit(lines, width, height);
    }

    private static Line line(final Instruction one, final int places, final boolean isHere, final int width) {
        final Tone tone = isHere ? Tone.HERE : Tone.PLAIN;
        final String left = (isHere ? "=>" : "  ") + " ".repeat(places - one.place().length()) + one.place() + "  ";
        if (width < LEAST_FOR_SOURCE || one.source().isEmpty()) {
            return Line.of(left + Line.columns(one.text()), tone);
        }
        final String padded = String.format("%-" + TEXT + "s", Line.columns(one.text()));
        return new Line(List.of(new Line.Piece(left + padded, tone),
            new Line.Piece(" ; " + Line.columns(one.source()), isHere ? Tone.HERE : Tone.FAINT)));
    }
}
