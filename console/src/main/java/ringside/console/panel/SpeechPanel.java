package ringside.console.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a guest said on its first serial port before this place: the end of it.
 *
 * @param text all of it, or enough
 */
public record SpeechPanel(String text) implements Panel {
    /** Refuses a missing text. */
    public SpeechPanel {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String title() {
        return "COM1";
    }

    @Override
    public List<Line> lines(final int width, final int height) {
        final List<Line> lines = new ArrayList<>();
        // From the end: a guest may have said a lot.
        final List<String> said = text.substring(Math.max(0, text.length() - 4 * width * height)).lines().toList();
        for (int i = said.size() - 1; i >= 0 && lines.size() < height; i--) {
            final String line = Line.columns(said.get(i).replace("\r", ""));
            for (int from = line.length() == 0 ? 0 : (line.length() - 1) / width * width;
                    from >= 0 && lines.size() < height; from -= width) {
                lines.addFirst(Line.of(line.substring(from, Math.min(line.length(), from + width))));
            }
        }
        return Line.fit(lines, width, height);
    }
}
