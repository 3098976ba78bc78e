package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.Breakpoint;

/** Breakpoints by their numbers. */
final class BreakNumbers {
    private final Desk desk;

    BreakNumbers(final Desk desk) {
        this.desk = desk;
    }

    /** {@return those that words name, or all where there are no words} */
    Collection<Breakpoint> of(final List<String> words) {
        if (words == null) {
            return desk.breakpoints().all();
        }
        final List<Breakpoint> found = new ArrayList<>();
        words.forEach(word -> found.add(one(word)));
        return found;
    }

    /** {@return the one that a word names} */
    Breakpoint one(final String word) {
        if (!word.matches("\\d{1,9}")) {
            throw new RefusedException("a breakpoint has a number: " + word);
        }
        return desk.breakpoints().get(Integer.parseInt(word));
    }
}
