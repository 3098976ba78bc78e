package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who runs when: turns in order, after which every actor that is not done runs to its end. As text
 * {@code 0:17 1:* 0:*}: the first CPU executes 17 instructions, the second one runs to its end, then the first one.
 *
 * @param turns in order
 */
public record Schedule(List<Turn> turns) {
    private static final int MOST_TURNS = 1000;

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
            if (!word.matches("\\d{1,2}:(\\*|[1-9]\\d{0,8})")) {
                throw new IllegalArgumentException(
                        "a turn is CPU:INSTRUCTIONS or CPU:*, e.g. 0:17; turn=" + word);
            }
            final int colon = word.indexOf(':');
            final String count = word.substring(colon + 1);
            turns.add(new Turn(Integer.parseInt(word.substring(0, colon)),
                    count.equals("*") ? Turn.TO_THE_END : Integer.parseInt(count)));
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
