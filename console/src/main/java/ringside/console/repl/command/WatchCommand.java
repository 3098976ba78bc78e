package ringside.console.repl.command;

import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.emulator.event.EventKind;

/** {@code watch}. */
@Command(name = "watch",
    header = "Stop when memory is written, or a register changes.",
    customSynopsis = {"watch [-p] EXPR [SIZE] [ignore N] [if EXPR]",
        "watch $REGISTER [ignore N] [if EXPR]"},
    description = {"",
        "EXPR is an address, virtual, or physical with -p. A virtual one is translated now: what is "
            + "watched are the physical bytes, whoever gets at them by whatever address. CPUs, devices and page "
            + "walks are seen. SIZE is 8 bytes unless given, up to 4096. Forward it stops behind the access, "
            + "back before it; every write counts, also one that changes nothing. if is about the machine behind "
            + "the access, whichever way it is come by.",
        "",
        "A register alone, with its dollar, is that of the CPU that is looked at, and stops where its "
            + "value changes, by whatever: general and control registers, or parts of them, $al; MSRs, descriptor "
            + "tables, segments, debug registers, XMM and ST, as regs calls them: $lstar, $gdtr, $cs. A repeated "
            + "string instruction is seen at each repetition, but for what LODS loads into $rax. Instructions "
            + "that may write it are looked at one by one, so one that is written again and again with the same "
            + "value is slow, about as a breakpoint with a condition."},
    footer = {"", "Examples:",
        "  watch rsp-8",
        "  watch rdi+8 4",
        "  watch $rbx",
        "  watch $lstar",
        "  watch -p 0x100000 if u32[0x100000] == 0"})
final class WatchCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new WatchParser(desk()).add("watch", words, EnumSet.of(EventKind.MEMORY_WRITE));
    }
}
