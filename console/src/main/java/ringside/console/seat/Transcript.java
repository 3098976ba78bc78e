package ringside.console.seat;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was typed and answered lately: enough to fill a screen anew. */
final class Transcript {
    private static final int MOST = 1 << 16;

    private final StringBuilder text = new StringBuilder();

    /** Adds what was shown. */
    synchronized void add(final String piece) {
        text.append(piece);
        if (text.length() > 2 * MOST) {
            text.delete(0, text.length() - MOST);
        }
    }

    /**
     * {@return the last lines, as many as fit; each with its end}
     *
     * @param width columns of the screen
     * @param rows  of it that may be filled
     */
    synchronized String tail(final int width, final int rows) {
        final String[] lines = text.substring(Math.max(0, text.length() - MOST)).split("\n", -1);
        final Deque<String> kept = new ArrayDeque<>();
        int left = rows;
        // Behind the last end of a line is nothing, or what is no whole line yet.
        for (int i = lines.length - 1; i >= 0; i--) {
            if (i == lines.length - 1 && lines[i].isEmpty()) {
                continue;
            }
            left -= Math.max(1, (lines[i].length() + width - 1) / width);
            if (left < 0) {
                break;
            }
            kept.addFirst(lines[i] + "\n");
        }
        return String.join("", kept);
    }
}
