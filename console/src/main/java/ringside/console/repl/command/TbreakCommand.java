package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.emulator.engine.CpuRegister;

/** {@code tbreak}. */
@Command(name = "tbreak", aliases = "tb",
    header = "Stop at a place in code, an event, a text or a count, once.",
    customSynopsis = "tbreak LOCATION | instruction N | cycle N | console \"TEXT\" | event KIND [ARG=VALUE]... "
        + "[on CPU] [ignore N] [if EXPR]",
    description = {"",
        "LOCATION is a symbol, FILE:LINE, *ADDRESS, an expression, or (CR3,ADDRESS) for one address "
            + "space; it need not be mapped yet. Stops before the instruction or event, and behind console "
            + "texts and counts. Events: help events. if EXPR looks at registers and memory there; ignore N "
            + "passes by N times; on CPU means that one alone."},
    footer = {"", "Examples:",
        "  tbreak syscall_entry",
        "  tbreak console \"hello\""})
final class TbreakCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words == null) {
            new BreakParser(desk()).add(List.of("*0x" + Long.toHexString(guest().register(CpuRegister.RIP))), true);
            return;
        }
        new BreakParser(desk()).add(words, true);
    }
}
