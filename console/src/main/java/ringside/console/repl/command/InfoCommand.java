package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Places;
import ringside.console.repl.guest.RefusedException;

/** {@code info}. */
@Command(name = "info", aliases = "i",
    header = "Tell of breakpoints, symbols, lines, CPUs, the image.",
    customSynopsis = {"info break | registers | cpus | display | image",
        "info symbol NAME|ADDRESS",
        "info line LOCATION"},
    description = {"",
        "A symbol by its name, or what an address belongs to."},
    footer = {"", "Examples:",
        "  info break",
        "  info symbol 0xffffffff80110000",
        "  info symbol ipc",
        "  info line syscall_entry",
        "  i r"})
final class InfoCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final String what = words == null ? "" : words.getFirst();
        final List<String> rest = words == null || words.size() < 2 ? null : words.subList(1, words.size());
        if (!what.isEmpty() && "breakpoints".startsWith(what) || "watchpoints".equals(what)) {
            if (desk().breakpoints().all().isEmpty()) {
                say("no breakpoints");
            }
            desk().breakpoints().all().forEach(one -> say(BreakText.listed(one)));
        } else if (!what.isEmpty() && "registers".startsWith(what)) {
            desk().interpreter().execute(("regs " + joined(rest)).strip());
        } else if (!what.isEmpty() && "symbols".startsWith(what)) {
            new SymbolText(desk()).show(required("info symbol", rest));
        } else if ("line".equals(what) || "source".equals(what)) {
            line(joined(rest));
        } else if ("display".equals(what)) {
            desk().showDisplays();
        } else if (List.of("cpus", "threads").contains(what)) {
            desk().interpreter().execute("cpu");
        } else if ("image".equals(what)) {
            say(guest().image().name() + ", SHA-256 " + guest().image().sha256() + ", "
                + guest().image().symbols().all().size() + " symbols, " + guest().image().probes().size() + " probes");
        } else {
            throw new RefusedException("info about what? 'help info' tells: " + what);
        }
    }

    private void line(final String text) {
        final Places.Place place = new Places(guest()).of(text.isEmpty() ? "rip" : text);
        for (final long address : place.addresses()) {
            say(guest().named(address) + ": " + guest().code().line(address).map(Object::toString)
                .orElse("no source line is known"));
        }
    }
}
