package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who runs when: turns in order, after which every actor that is not done runs to its end. As text
 * {@code 0:17 1:* 0:*}: the first CPU executes 17 instructions, the second one runs to its end, then the first one.
 * {@code 0:17+3}: and then the oldest 3 of its stores that wait reach the others.
 *
 * @param turns in order
 */
public record Schedule(List<Turn> turns) {
    private static final int MOST_TURNS = 1000;
    private static final Pattern TURN = Pattern.compile("(\\d{1,2}):(\\*|[1-9]\\d{0,8})(?:\\+([1-9]\\d{0,3}))?");

    /** Copies the list. */
    public Schedule {
        turns = List.copyOf(turns);
    }

    /**
     * Reads a schedule as {@link #toString} writes it.
     *
     * @param text turns with blanks between them
     * @return the schedule
     * @throws IllegalArgumentException naming the turn that is none
     */
    public static Schedule parse(final String text) {
        final List<Turn> turns = new ArrayList<>();
        for (final String word : text.strip().split("\\s+", MOST_TURNS + 1)) {
            if (turns.size() == MOST_TURNS) {
                throw new IllegalArgumentException("a schedule has at most " + MOST_TURNS + " turns");
            }
            final Matcher turn = TURN.matcher(word);
            if (!turn.matches()) {
                throw new IllegalArgumentException(
                        "a turn is CPU:INSTRUCTIONS or CPU:*, e.g. 0:17, or 0:17+3 where stores wait; turn=" + word);
            }
            turns.add(new Turn(Integer.parseInt(turn.group(1)),
                    turn.group(2).equals("*") ? Turn.TO_THE_END : Integer.parseInt(turn.group(2)),
                    turn.group(3) == null ? 0 : Integer.parseInt(turn.group(3))));
        }
        return new Schedule(turns);
    }

    /** {@return instructions that are executed before a switch, all of them together: what makes a schedule long} */
    public long length() {
        return turns.stream().filter(turn -> turn.instructions() != Turn.TO_THE_END).mapToLong(Turn::instructions)
                .sum();
    }

    @Override
    public String toString() {
        return turns.stream().map(Turn::toString).collect(Collectors.joining(" "));
    }
}
