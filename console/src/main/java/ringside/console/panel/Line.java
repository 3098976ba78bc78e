package ringside.console.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A line of a screen: pieces from left to right, a character a column.
 *
 * @param pieces its parts
 */
public record Line(List<Piece> pieces) {
    private static final char LEAST = ' ';
    private static final char MOST = '~';

    /** Copies the list. */
    public Line {
        pieces = List.copyOf(pieces);
    }

    /**
     * Text of one tone.
     *
     * @param text without control characters
     * @param tone how it is meant
     */
    public record Piece(String text, Tone tone) {
        /** Refuses missing parts. */
        public Piece {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(tone, "tone");
        }
    }

    /**
     * {@return a line of one tone}
     *
     * @param text it
     * @param tone how it is meant
     */
    public static Line of(final String text, final Tone tone) {
        return new Line(List.of(new Piece(text, tone)));
    }

    /**
     * {@return a plain line}
     *
     * @param text it
     */
    public static Line of(final String text) {
        return of(text, Tone.PLAIN);
    }

    /** {@return all its text} */
    public String text() {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    /**
     * {@return this line and another one to the right of it}
     *
     * @param right the other one
     */
    public Line beside(final Line right) {
        final List<Piece> all = new ArrayList<>(pieces);
        all.addAll(right.pieces);
        return new Line(all);
    }

    /**
     * {@return this line as wide as it should be: cut, or with blanks behind it}
     *
     * @param width columns, at least 0
     */
    public Line fit(final int width) {
        final List<Piece> kept = new ArrayList<>();
        int left = width;
        for (final Piece piece : pieces) {
            final String text = piece.text().length() <= left ? piece.text() : piece.text().substring(0, left);
            left -= text.length();
            if (!text.isEmpty()) {
                kept.add(new Piece(text, piece.tone()));
            }
        }
        if (left > 0) {
            final boolean isBar = !kept.isEmpty() && kept.getLast().tone() == Tone.BAR;
            kept.add(new Piece(" ".repeat(left), isBar ? Tone.BAR : Tone.PLAIN));
        }
        return new Line(kept);
    }

    /**
     * {@return lines as many as there should be: the first ones, or with empty ones behind them, each as wide as it
     * should be}
     *
     * @param lines  any
     * @param width  columns
     * @param height how many
     */
    static List<Line> fit(final List<Line> lines, final int width, final int height) {
        final List<Line> fitted = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            fitted.add(i < lines.size() ? lines.get(i).fit(width) : of("").fit(width));
        }
        return fitted;
    }

    /**
     * {@return a text of which each character takes a column: what is not ASCII becomes a question mark, a tab a blank}
     *
     * @param text of a guest
     */
    static String columns(final String text) {
        final StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(letter ->
            plain.append(letter >= LEAST && letter <= MOST ? (char) letter : letter == '\t' ? ' ' : '?'));
        return plain.toString();
    }
}
