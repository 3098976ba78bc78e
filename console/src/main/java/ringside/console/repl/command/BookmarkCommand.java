package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;

/** {@code bookmark}. */
@Command(name = "bookmark", aliases = "mark",
    header = "Give this position a name, or list names.",
    customSynopsis = "bookmark [NAME]",
    description = {"",
        "goto NAME comes back here. A change of registers or memory before a bookmark takes it away: "
            + "that place has not happened then."},
    footer = {"", "Examples:",
        "  bookmark before-the-call",
        "  goto before-the-call",
        "  bookmark"})
final class BookmarkCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final String name = joined(words);
        if (name.isEmpty()) {
            desk().bookmarks().forEach((one, step) -> say(String.format("%-24s %d", one, step)));
            return;
        }
        if (!name.matches("[A-Za-z_][\\w-]{0,40}") || "start".equals(name)) {
            throw new RefusedException("a name is a word that begins with a letter: " + name);
        }
        if (desk().bookmarks().size() >= Desk.MOST_NAMES) {
            throw new RefusedException("there are at most " + Desk.MOST_NAMES + " bookmarks");
        }
        desk().bookmarks().put(name, guest().machine().steps());
        say(name + ": " + guest().timeline().position());
    }
}
