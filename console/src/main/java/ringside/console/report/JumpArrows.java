package ringside.console.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The jumps inside a listing as arrows in its margin, shorter ones further in. What finds no free lane is left out.
 *
 * <pre>
 *   ┌──   je     .done
 *   │     ...
 *   └─►   ret
 * </pre>
 */
final class JumpArrows {
    /** Columns that the margin takes. */
    static final int WIDTH = 6;
    private static final int LANES = 4;

    private final char[][] margin;

    JumpArrows(final List<Listing.Line> lines) {
        margin = new char[lines.size()][WIDTH];
        for (final char[] row : margin) {
            Arrays.fill(row, ' ');
        }
        final Map<Long, Integer> rows = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            rows.put(lines.get(i).address(), i);
        }
        final List<int[]> jumps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final Integer target = target(lines.get(i).text(), rows);
            if (target != null && target != i) {
                jumps.add(new int[] {i, target});
            }
        }
        jumps.sort(Comparator.comparingInt((int[] jump) -> Math.abs(jump[0] - jump[1]))
            .thenComparingInt(jump -> jump[0]));
        jumps.forEach(jump -> draw(jump[0], jump[1]));
    }

    private static Integer target(final String text, final Map<Long, Integer> rows) {
        final int hex = text.lastIndexOf(" 0x");
        if (hex < 0 || !text.startsWith("j") && !text.startsWith("loop")) {
            return null;
        }
        try {
            return rows.get(Long.parseUnsignedLong(text.substring(hex + 3), 16));
        } catch (final NumberFormatException memory) {
            return null;
        }
    }

    private void draw(final int from, final int to) {
        final int low = Math.min(from, to);
        final int high = Math.max(from, to);
        for (int lane = LANES - 1; lane >= 0; lane--) {
            if (isFree(lane, low, high)) {
                for (int row = low + 1; row < high; row++) {
                    margin[row][lane] = margin[row][lane] == '\u2500' ? '\u253c' : '\u2502';
                }
                end(low, lane, '\u250c', low == to);
                end(high, lane, '\u2514', high == to);
                return;
            }
        }
    }

    private boolean isFree(final int lane, final int low, final int high) {
        for (int row = low; row <= high; row++) {
            final char at = margin[row][lane];
            final boolean crossed = at == '\u2500' && row > low && row < high;
            if (at != ' ' && !crossed) {
                return false;
            }
        }
        return true;
    }

    private void end(final int row, final int lane, final char corner, final boolean arrives) {
        margin[row][lane] = corner;
        for (int column = lane + 1; column < WIDTH - 1; column++) {
            final char at = margin[row][column];
            if (at == ' ') {
                margin[row][column] = '\u2500';
            } else if (at == '\u2502') {
                margin[row][column] = '\u253c';
            }
        }
        if (arrives) {
            margin[row][WIDTH - 2] = '\u25ba';
        }
    }

    String row(final int index) {
        return new String(margin[index]);
    }
}
