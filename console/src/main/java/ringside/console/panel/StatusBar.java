package ringside.console.panel;

import java.util.Locale;
import java.util.Objects;

/**
 * The line at the bottom: where the guest stands.
 *
 * @param position as people write it
 * @param cycle    of the vCPU that is looked at
 * @param cpu      that vCPU, for people
 * @param mode     that it is in
 * @param symbol   to which its next instruction belongs; may be empty
 * @param speed    instructions a second of the last run; 0 where there was none
 * @param running  whether the guest is on its way
 */
public record StatusBar(String position, long cycle, String cpu, String mode, String symbol, double speed,
                        boolean running) {
    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;
    private static final int LEAST_SYMBOL = 8;

    /** Refuses missing parts. */
    public StatusBar {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(cpu, "cpu");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(symbol, "symbol");
    }

    /**
     * {@return this place, with the guest on its way from it}
     */
    public StatusBar leaving() {
        return new StatusBar(position, cycle, cpu, mode, symbol, speed, true);
    }

    /**
     * {@return the line}
     *
     * @param width columns
     */
    public Line line(final int width) {
        final String right = running ? " running; ^C stops it " : speed > 0 ? " " + rate() + " " : " ";
        String left = " " + position + "  cycle " + cycle + "  " + cpu + "  " + mode;
        final int room = width - left.length() - right.length() - 2;
        if (!symbol.isEmpty() && room >= Math.min(symbol.length(), LEAST_SYMBOL)) {
            left += "  " + (symbol.length() <= room ? symbol : symbol.substring(0, room - 1) + "…");
        }
        final int gap = width - left.length() - right.length();
        return Line.of(gap < 0 ? left : left + " ".repeat(gap) + right, Tone.BAR).fit(width);
    }

    private String rate() {
        return speed >= MILLION ? String.format(Locale.ROOT, "%.1f M instr/s", speed / MILLION)
            : String.format(Locale.ROOT, "%.1f k instr/s", speed / THOUSAND);
    }
}
