package ringside.console.repl.command;

import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.emulator.event.EventKind;

/** {@code rwatch}. */
@Command(name = "rwatch",
    header = "Stop when memory is read.",
    customSynopsis = "rwatch [-p] EXPR [SIZE] [ignore N] [if EXPR]",
    description = {"",
        "EXPR is an address, virtual, or physical with -p. A virtual one is translated now: what is "
            + "watched are the physical bytes, whoever gets at them by whatever address. What CPUs do is "
            + "seen, not what devices do. SIZE is 8 bytes unless given, up to 4096. Forward it stops behind "
            + "the access, back before it; every access counts. What registers are read is not seen."},
    footer = {"", "Examples:",
        "  rwatch rsp-8",
        "  rwatch rdi+8 4",
        "  rwatch -p 0x100000 if u32[0x100000] == 0"})
final class RwatchCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new WatchParser(desk()).add("rwatch", words, EnumSet.of(EventKind.MEMORY_READ));
    }
}
