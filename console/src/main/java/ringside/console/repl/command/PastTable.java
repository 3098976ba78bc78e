package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.past.Past;
import ringside.console.repl.past.Story;

/**
 * What stands behind a table's name where its history is asked for: {@code [WHAT] history [--last N] [--from POSITION]
 * [--to POSITION]}, and the table of it.
 */
final class PastTable {
    private static final String WORD = "history";
    private static final int COLUMNS = 80;
    private static final int OTHERWISE = 20;
    private static final int MOST = 1000;

    private final Desk desk;
    private final List<String> what = new ArrayList<>();
    private boolean asked;
    private int last = OTHERWISE;
    private OptionalLong from = OptionalLong.empty();
    private OptionalLong to = OptionalLong.empty();

    private PastTable(final Desk desk) {
        this.desk = desk;
    }

    /** {@return what words ask for; if it is no history they are all {@link #what()}} */
    static PastTable of(final Desk desk, final List<String> words) {
        final PastTable table = new PastTable(desk);
        if (words == null || !words.contains(WORD)) {
            table.what.addAll(words == null ? List.of() : words);
            return table;
        }
        table.asked = true;
        table.what.addAll(words.subList(0, words.lastIndexOf(WORD)));
        final List<String> options = words.subList(words.lastIndexOf(WORD) + 1, words.size());
        for (int i = 0; i < options.size(); i += 2) {
            table.option(options.get(i), i + 1 < options.size() ? options.get(i + 1) : "");
        }
        return table;
    }

    private void option(final String name, final String value) {
        if (value.isEmpty() || !List.of("--last", "--from", "--to").contains(name)) {
            throw new RefusedException("history [--last N] [--from POSITION] [--to POSITION]: "
                + (name + " " + value).strip());
        }
        switch (name) {
            case "--from" -> from = OptionalLong.of(desk.place(value));
            case "--to" -> to = OptionalLong.of(desk.place(value));
            default -> last = rows(value);
        }
    }

    private int rows(final String value) {
        final long rows = desk.guest().value(value);
        if (rows < 1 || rows > MOST) {
            throw new RefusedException("a history has from 1 to " + MOST + " rows: " + value);
        }
        return (int) rows;
    }

    /** {@return whether it is a history that is asked for} */
    boolean isAsked() {
        return asked;
    }

    /** {@return the words before that} */
    List<String> what() {
        return what;
    }

    /** Shows what a story tells of the stretch. */
    void show(final Story story) {
        final long end = to.orElse(desk.guest().machine().steps());
        if (end > desk.guest().timeline().farthest()) {
            throw new RefusedException("the guest has not been at step " + end + ": its history ends at "
                + desk.guest().timeline().farthest());
        }
        final Past past = Past.of(desk.guest(), story, Math.max(from.orElse(0), desk.guest().timeline().first()), end,
            last);
        final String stretch = "in steps " + past.from() + " to " + past.to();
        if (past.rows().isEmpty()) {
            desk.out().println("nothing " + stretch);
            return;
        }
        desk.out().println(past.total() > past.rows().size() ? "the latest " + past.rows().size() + " of "
            + past.total() + " " + stretch : past.total() + " " + stretch);
        final TextTable table = new TextTable("position", "by", "what");
        past.rows().forEach(row -> table.row(row.position().toString(), row.who(), row.text()));
        table.lines(COLUMNS).forEach(desk.out()::println);
    }
}
