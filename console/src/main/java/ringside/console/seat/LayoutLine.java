package ringside.console.seat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ringside.console.repl.command.CommandTable;

/**
 * The one command that is about the screen and not about the guest.
 *
 * @param words behind {@code layout}
 * @param help  whether only its help is wanted
 */
record LayoutLine(List<String> words, boolean help) {
    /** As commands are listed. */
    static final CommandTable.Entry ENTRY = new CommandTable.Entry("layout", List.of(),
        "Show panels above the bar at the bottom, or take them away.", "layout [on | off | PANEL...]",
        "Sessions and scripts", null);

    private static final List<String> HELPS = List.of("help", "h", "?");
    private static final String HELP = """
        Show panels above the bar at the bottom, or take them away.
        Usage: layout [on | off | PANEL...]

        PANEL is one of code, registers, history (or timeline), threads, com1 (or
        console), rings; without any, and with on, all but rings, which are looked
        for once more all through the history. They are drawn anew at each stop.
        Alt-L shows them and takes them away as well.

        Examples:
          layout
          layout code registers
          layout code registers rings
          layout off
        """;

    /** Stands behind what the console says of its commands. */
    static final String HINT = "\nAt this terminal: layout shows panels, layout off takes them away.\n";

    /** {@return whether a line asks for all commands} */
    static boolean isOverview(final String line) {
        return HELPS.contains(line.strip());
    }

    /** {@return what a line says, if it is about the screen} */
    static Optional<LayoutLine> of(final String line) {
        final List<String> words = Arrays.stream(line.strip().split("\\s+")).toList();
        if (words.getFirst().equals(ENTRY.name())) {
            return Optional.of(new LayoutLine(words.subList(1, words.size()), false));
        }
        return words.size() == 2 && words.getLast().equals(ENTRY.name())
            && HELPS.contains(words.getFirst())
            ? Optional.of(new LayoutLine(List.of(), true)) : Optional.empty();
    }

    /**
     * Does it; what is shown is shown with the next stop.
     *
     * @param screen whose panels are meant
     */
    void perform(final Screen screen) {
        if (help) {
            screen.say(HELP);
            return;
        }
        final Set<String> wanted = new LinkedHashSet<>();
        words.forEach(word -> wanted.add(Panels.ALIASES.getOrDefault(word, word)));
        if (wanted.equals(Set.of("off"))) {
            screen.names(Set.of());
        } else if (wanted.isEmpty() || wanted.equals(Set.of("on"))) {
            screen.names(new LinkedHashSet<>(Panels.USUAL));
        } else if (Panels.NAMES.containsAll(wanted)) {
            screen.names(wanted);
        } else {
            wanted.removeAll(Panels.NAMES);
            screen.tell("no panel '" + String.join("', '", wanted) + "': " + String.join(", ", Panels.NAMES));
        }
    }
}
