package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code break}. */
@Command(name = "break", aliases = {"b", "br"},
    header = "Stop at a place in code, an event, a text or a count.",
    customSynopsis = {"break LOCATION [on CPU] [ignore N] [if EXPR]",
        "break -p EXPR [on CPU] [ignore N] [if EXPR]",
        "break instruction N | cycle N | console \"TEXT\"",
        "break event KIND [ARG=VALUE]...",
        "break thread THREAD blocks | wakes | runs | dies",
        "break switch [from THREAD] [to THREAD]",
        "break ring RING full | empty"},
    description = {"",
        "LOCATION is a symbol, FILE:LINE, *ADDRESS, an expression, or (CR3,ADDRESS) for one address space; "
            + "it need not be mapped yet. With -p EXPR is a physical address, and code there counts by whatever "
            + "virtual one it is executed. It stops before the instruction or event, and behind texts and counts. "
            + "Kinds of events: help events; a VALUE is an expression, a system call's name or a thread's, as "
            + "init/0 (docs/bantam.md says what the values are). on, ignore and if go with all of them: one CPU "
            + "alone, so many times not, and only where EXPR is not 0. RING is an end of one: "
            + "PROCESS:ADDRESS, or an address in the address space that is looked at; it stops behind the store that "
            + "makes it full or empty, as a watchpoint. A thread that is not there yet is waited for."},
    footer = {"", "Examples:",
        "  break syscall_entry",
        "  b ipc/sys_send.asm:40 if rdi == 3",
        "  b *0x401000 on 1",
        "  b (cr3,0x401000) ignore 2",
        "  break -p 0x200000",
        "  break console \"hello\"",
        "  break instruction 1000000",
        "  break event exception vector=14",
        "  break event syscall number=SYS_SEND",
        "  break event context_switch",
        "  break thread init/0 blocks",
        "  break ring rdi full",
        "  break switch from client/0 to server/0"})
final class BreakCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words == null) {
            new BreakParser(desk()).add(List.of("*0x" + Long.toHexString(guest().pc())), false);
            return;
        }
        new BreakParser(desk()).add(words, false);
    }
}
