package ringside.console.repl.command;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code xwatch}. */
@Command(name = "xwatch",
    header = "Stop before anything in some memory is executed.",
    customSynopsis = "xwatch [-p] EXPR [SIZE] [ignore N] [if EXPR]",
    description = {"",
        "EXPR is an address, virtual, or physical with -p. A virtual one is translated now: what is "
            + "watched are the physical bytes, by whatever address they are executed. SIZE is 8 bytes unless given, "
            + "up to 4096. It stops before each instruction that has one of the bytes, forward and back. break -p "
            + "is the same for one address."},
    footer = {"", "Examples:",
        "  xwatch rsp-64 64",
        "  xwatch -p 0x200000 0x1000"})
final class XwatchCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new WatchParser(desk()).add("xwatch", words, Set.of());
    }
}
