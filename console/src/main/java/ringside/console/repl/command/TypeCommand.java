package ringside.console.repl.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;

/** {@code type}. */
@Command(name = "type",
    header = "Type a text into the guest's first serial port.",
    customSynopsis = "type \"TEXT\" | TEXT",
    description = {"",
        "The guest hears it behind all that has happened so far, when it waits for input or looks for "
            + "it again and again. In quotes, \\n is the end of a line."},
    footer = {"", "Examples:",
        "  type \"ls\\n\"",
        "  type q"})
final class TypeCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final String text = unquoted(required("type", words));
        try {
            guest().timeline().type(text.getBytes(StandardCharsets.UTF_8));
        } catch (final IllegalArgumentException full) {
            throw new RefusedException(full.getMessage());
        }
        say(text.length() + " characters wait to be heard");
    }
}
