package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.CodeOn;

/** {@code events}. */
@Command(name = "events",
    header = "Print events while the guest goes forward.",
    customSynopsis = "events [KIND [ARG=VALUE]... | off]",
    description = {"",
        "Each line is the CPU's cycle, the kind and its values; an event is printed when the guest "
            + "passes it for the first time. Without KIND: what is printed now. Kinds: help events."},
    footer = {"", "Examples:",
        "  events syscall",
        "  events exception vector=14",
        "  events context_switch",
        "  events off"})
final class EventsCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words == null) {
            say(desk().events().texts().isEmpty() ? "no events are printed"
                : "printed: " + String.join("; ", desk().events().texts()));
        } else if ("off".equals(joined(words))) {
            desk().events().clear();
        } else if (desk().events().texts().size() >= Desk.MOST_NAMES) {
            throw new RefusedException("at most " + Desk.MOST_NAMES + " kinds are printed");
        } else {
            desk().events().add(joined(words), new BreakParser(desk()).event(words, CodeOn.ANY));
        }
    }
}
