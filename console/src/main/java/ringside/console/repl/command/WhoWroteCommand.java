package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.stop.Breakpoint;
import ringside.emulator.travel.Position;

/** {@code who-wrote}. */
@Command(name = "who-wrote", aliases = "ww",
    header = "Go back to where memory was written last.",
    customSynopsis = "who-wrote [-p] EXPR [SIZE]",
    description = {"",
        "EXPR is an address, virtual, or physical with -p; SIZE is 8 bytes unless given. Says which "
            + "routine wrote it, and what was there before, and stops before the instruction; a change with "
            + "set counts as well. goto leads back to where you came from. who wrote, in two words, is the same."},
    footer = {"", "Examples:",
        "  who-wrote 0x7fffff8",
        "  who-wrote rdi 4",
        "  who wrote rdi 4",
        "  who-wrote -p 0x200000"})
final class WhoWroteCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final boolean apart = words != null && words.size() > 1 && "wrote".equals(words.getFirst())
            && guest().name(words.getFirst()).isEmpty();
        final WatchParser.Range range = new WatchParser(desk()).range("who-wrote",
            apart ? words.subList(1, words.size()) : words);
        final Position from = guest().timeline().position();
        desk().arrive(desk().runner().writer(range.text(), new Breakpoint.Watched(range.physical(), range.bytes())));
        say("  came from " + from);
    }
}
