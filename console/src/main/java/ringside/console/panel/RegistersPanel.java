package ringside.console.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Registers of the vCPU that is looked at.
 *
 * @param of        which vCPU, for people
 * @param flags     that are set
 * @param registers the most wanted ones first
 */
public record RegistersPanel(String of, String flags, List<Register> registers) implements Panel {
    private static final int GAP = 2;

    /** Copies the list. */
    public RegistersPanel {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(flags, "flags");
        registers = List.copyOf(registers);
    }

    /**
     * A register.
     *
     * @param name    of it
     * @param value   in it
     * @param changed whether it was another at the stop before
     */
    public record Register(String name, long value, boolean changed) {
    }

    @Override
    public String title() {
        return of + "  " + flags;
    }

    @Override
    public List<Line> lines(final int width, final int height) {
        final int names = registers.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        final int cell = names + 1 + Long.BYTES * 2;
        final int columns = Math.max(1, (width + GAP) / (cell + GAP));
        final int rows = Math.min(height, (registers.size() + columns - 1) / columns);
        final List<Line> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Line line = new Line(List.of());
            for (int i = row; i < Math.min(registers.size(), rows * columns); i += rows) {
                final Register one = registers.get(i);
                line = line.beside(Line.of(i == row ? "" : " ".repeat(GAP)))
                    .beside(Line.of(String.format("%-" + names + "s ", one.name())))
                    .beside(Line.of(String.format("%016x", one.value()), one.changed() ? Tone.CHANGED
                        : one.value() == 0 ? Tone.FAINT : Tone.PLAIN));
            }
            lines.add(line);
        }
        return Line.fit(lines, width, height);
    }
}
