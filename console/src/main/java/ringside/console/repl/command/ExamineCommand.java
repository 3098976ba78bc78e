package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;

/** {@code x}. */
@Command(name = "x",
    header = "Show memory.",
    customSynopsis = "x[/NFU] [-p] [EXPR]",
    description = {"",
        "N of them from the address EXPR on, as F: x, d, u, o, t, c, a (address), s (text), i "
            + "(instruction); each of U: b, h, w or g, which is 1, 2, 4 or 8 bytes. With -p the address is "
            + "physical. Without EXPR it goes on behind the last one; instructions begin at rip."},
    footer = {"", "Examples:",
        "  x/4xg rsp",
        "  x/8i rip",
        "  x/s rsi",
        "  x/16xb -p 0x1000",
        "  x"})
final class ExamineCommand extends DeskCommand {
    private static final char INSTRUCTIONS = 'i';

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
        final long address = left.isEmpty() ? behind(last, format) : guest().value(joined(left));
        final long next = new Memory(desk()).show(address, format, physical);
        desk().examined(new Desk.Examined(format.count(), format.letter(), format.unit(), OptionalLong.of(next)));
        desk().again(physical ? "x -p" : "x");
    }

    private long behind(final Desk.Examined last, final Format format) {
        final boolean begins = last.next().isEmpty() || last.format() != INSTRUCTIONS;
        if (format.letter() == INSTRUCTIONS && begins) {
            return guest().pc();
        }
        return last.next().orElseThrow(() -> new RefusedException("show memory from where on? 'help x' tells"));
    }
}
