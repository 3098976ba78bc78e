package ringside.console.seat;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import ringside.console.panel.Line;
import ringside.console.panel.Tone;

/** What tones look like. */
final class Colours {
    private final boolean colour;

    /** @param colour whether there are any; otherwise only the bar is reversed */
    Colours(final boolean colour) {
        this.colour = colour;
    }

    /** {@return a line as the terminal shows it} */
    AttributedString of(final Line line) {
        final AttributedStringBuilder text = new AttributedStringBuilder();
        line.pieces().forEach(piece -> text.styled(style(piece.tone()), piece.text()));
        return text.toAttributedString();
    }

    private AttributedStyle style(final Tone tone) {
        if (tone == Tone.BAR) {
            return AttributedStyle.DEFAULT.inverse();
        }
        return !colour ? AttributedStyle.DEFAULT : switch (tone) {
            case FRAME -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
            case HERE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN).bold();
            case CHANGED -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW).bold();
            case FAINT -> AttributedStyle.DEFAULT.faint();
            default -> AttributedStyle.DEFAULT;
        };
    }

    /** {@return a style of a colour, or none} */
    AttributedStyle foreground(final int number) {
        return colour ? AttributedStyle.DEFAULT.foreground(number) : AttributedStyle.DEFAULT;
    }

    /** {@return a text that tells of a mistake} */
    AttributedString mistake(final String text) {
        return new AttributedString(text, foreground(AttributedStyle.RED));
    }
}
