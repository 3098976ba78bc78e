package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Summary;

/** {@code print}. */
@Command(name = "print", aliases = {"p", "inspect"},
    header = "Say what an expression is.",
    customSynopsis = "print[/F] EXPR",
    description = {"",
        "Registers by their names (rax, eax, al; $rax where a symbol has that name), symbols (a "
            + "symbol is its address), numbers, step, cycle, instructions, cpu, fields of Bantam's records "
            + "(Thread_state), and operators as in C. Memory: u8[ADDRESS], u16, u32, u64 and signed s8 to "
            + "s64, *ADDRESS for u64; p8[...] to p64[...] physical; phys(ADDRESS). Numbers have 64 bits; "
            + "comparisons are unsigned. F is x, d, u, o, t, c, a, s or i. $ is the last value, $3 the "
            + "third."},
    footer = {"", "Examples:",
        "  print rax",
        "  p/x u32[rdi+Thread_state]",
        "  p/d $rcx * 8",
        "  p/s rsi",
        "  p phys(rsp) == 0x1ff8"})
final class PrintCommand extends DeskCommand {
    private static final long MOST_DECIMAL = 1L << 40;

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final List<String> left = new ArrayList<>(words == null ? List.of() : words);
        final Format plain = new Format(1, Format.NONE, 'g');
        final Format format = !left.isEmpty() && left.getFirst().startsWith("/")
            ? Format.of(left.removeFirst(), plain) : plain;
        final long value = guest().value(required("print", left));
        final int number = guest().keep(value);
        say("$" + number + " = " + switch (format.letter()) {
            case Format.NONE -> plain(value);
            case 'i' -> Summary.instruction(guest(), value).strip();
            case 's' -> "0x" + Long.toHexString(value) + " " + Memory.text(guest(), value).text();
            default -> format.text(guest(), value, format.bytes());
        });
    }

    private String plain(final long value) {
        final String text = guest().named(value);
        return Math.abs(value) < MOST_DECIMAL && value > 9 && !text.contains("<")
            ? value + " = " + text : value >= 0 && value <= 9 ? Long.toString(value) : text;
    }
}
