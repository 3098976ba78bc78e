package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tbreak}. */
@Command(name = "tbreak", aliases = "tb",
    header = "Stop once: at a place in code, an event, a text, a count.",
    customSynopsis = {"tbreak LOCATION [on CPU] [ignore N] [if EXPR]",
        "tbreak -p EXPR [on CPU] [ignore N] [if EXPR]",
        "tbreak instruction N | cycle N | console \"TEXT\"",
        "tbreak event KIND [ARG=VALUE]...",
        "tbreak thread THREAD blocks | wakes | runs | dies",
        "tbreak switch [from THREAD] [to THREAD]",
        "tbreak ring RING full | empty"},
    description = {"",
        "LOCATION is a symbol, FILE:LINE, *ADDRESS, an expression, or (CR3,ADDRESS) for one address space; "
            + "it need not be mapped yet. With -p EXPR is a physical address, and code there counts by whatever "
            + "virtual one it is executed. It stops before the instruction or event, and behind texts and counts. "
            + "Kinds of events: help events; a VALUE is an expression, a system call's name or a thread's, as "
            + "init/0 (docs/bantam.md says what the values are). on, ignore and if go with all of them: one CPU "
            + "alone, so many times not, and only where EXPR is not 0. RING is an end of one: "
            + "PROCESS:ADDRESS, or an address in the address space that is looked at; it stops behind the store that "
            + "makes it full or empty, as a watchpoint."},
    footer = {"", "Examples:",
        "  tbreak syscall_entry",
        "  tbreak console \"hello\""})
final class TbreakCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words == null) {
            new BreakParser(desk()).add(List.of("*0x" + Long.toHexString(guest().pc())), true);
            return;
        }
        new BreakParser(desk()).add(words, true);
    }
}
