package ringside.console.repl.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Places;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Summary;
import ringside.toolchain.image.SourceLine;

/** {@code list}. */
@Command(name = "list", aliases = "l",
    header = "Show source lines around a place.",
    customSynopsis = "list [LOCATION]",
    description = {"",
        "Around the instruction that comes next, or around LOCATION; where the source is known: "
            + "Bantam brings its own."},
    footer = {"", "Examples:",
        "  list",
        "  list syscall_entry",
        "  list ipc/endpoint.asm:40"})
final class ListCommand extends DeskCommand {
    private static final int AROUND = 5;

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final long place = words == null ? guest().pc()
            : new Places(guest()).of(joined(words)).addresses().getFirst();
        final SourceLine line = guest().code().line(place).orElseThrow(() ->
            new RefusedException("no source line is known of " + guest().named(place)));
        final int from = Math.max(1, line.line() - AROUND);
        boolean any = false;
        for (int i = from; i <= line.line() + AROUND; i++) {
            final Optional<String> text = guest().texts().whole(new SourceLine(line.file(), i));
            any |= text.isPresent();
            final String mark = (i == line.line() ? "=>" : "  ") + String.format("%5d  ", i);
            text.ifPresent(one -> say((mark + Summary.printable(one)).stripTrailing()));
        }
        if (!any) {
            throw new RefusedException("the text of " + line + " is not to be had");
        }
    }
}
