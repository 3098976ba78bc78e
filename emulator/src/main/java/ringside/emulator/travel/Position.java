package ringside.emulator.travel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a machine's history, the same in every run of it: in text {@code STEP:CPU}, for instance {@code 81234:0}.
 *
 * @param step how many steps the machine took before: instructions and repetitions of all vCPUs, exceptions, interrupts
 *             and ends of waits
 * @param cpu  the vCPU that takes the next one
 */
public record Position(long step, int cpu) implements Comparable<Position> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?::(\\d{1,2}))?");

    /** Refuses what is no place. */
    public Position {
        if (step < 0 || cpu < 0) {
            throw new IllegalArgumentException("a position is not before the start: step=" + step + " cpu=" + cpu);
        }
    }

    /**
     * {@return the position that a text says; where it says none, the vCPU is 0}
     *
     * @param text as {@link #toString} gives it, or the step alone
     * @throws IllegalArgumentException when it is no such text
     */
    public static Position of(final String text) {
        final Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a position is STEP or STEP:CPU: '" + text + "'");
        }
        return new Position(Long.parseLong(parts.group(1)),
                parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
    }

    @Override
    public int compareTo(final Position other) {
        return Long.compare(step, other.step);
    }

    @Override
    public String toString() {
        return step + ":" + cpu;
    }
}
