package ringside.console.repl.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Places;
import ringside.console.repl.stop.CodeOn;
import ringside.console.repl.stop.Until;

/** {@code until}. */
@Command(name = "until", aliases = {"u", "advance"},
    header = "Run on to a place, or to a breakpoint before it.",
    customSynopsis = "until LOCATION",
    description = {"",
        "LOCATION is a symbol, FILE:LINE, *ADDRESS or an expression."},
    footer = {"", "Examples:",
        "  until syscall_entry",
        "  until *0x100000",
        "  until ipc/sys_send.asm:40"})
final class UntilCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final Places.Place place = new Places(guest()).of(required("until", words));
        desk().arrive(desk().runner().forward(Long.MAX_VALUE, Optional.of(
            new Until(new CodeOn(place.addresses(), CodeOn.ANY), () -> true, "until"))));
    }
}
