package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code x}. */
@Command(name = "x",
    header = "Show memory.",
    customSynopsis = "x[/NFU] [-p] [EXPR]",
    description = {"",
        "N of them from the address EXPR on, as F: x, d, u, o, t, c, a (address), s (text), i "
            + "(instruction); each of U: b, h, w or g, which is 1, 2, 4 or 8 bytes. With -p the address is "
            + "physical. Without EXPR it goes on behind the last one."},
    footer = {"", "Examples:",
        "  x/4xg rsp",
        "  x/8i rip",
        "  x/s rsi",
        "  x/16xb -p 0x1000",
        "  x"})
final class ExamineCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final List<String> left = new ArrayList<>(words == null ? List.of() : words);
        final Desk.Examined last = desk().examined();
        final Format before = new Format(last.count(), last.format(), last.unit());
        final Format format = !left.isEmpty() && left.getFirst().startsWith("/")
            ? Format.of(left.removeFirst(), before) : left.isEmpty() ? before
            : new Format(1, before.letter(), before.unit());
        final boolean physical = left.remove("-p");
        final long address = left.isEmpty() ? last.next() : guest().value(joined(left));
        final long next = new Memory(desk()).show(address, format, physical);
        desk().examined(new Desk.Examined(format.count(), format.letter(), format.unit(), next));
        desk().again(physical ? "x -p" : "x");
    }
}
