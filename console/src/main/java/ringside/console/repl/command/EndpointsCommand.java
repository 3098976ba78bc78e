package ringside.console.repl.command;

import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.past.EndpointStory;

/** {@code endpoints}. */
@Command(name = "endpoints",
    header = "Show Bantam's endpoints and notifications, and who waits.",
    customSynopsis = {"endpoints [EXPR history [--last N] [--from POSITION] [--to POSITION]]",
        "endpoints history [--last N] [--from POSITION] [--to POSITION]"},
    description = {"",
        "history: who waited there before this place, for whom that was over, and messages; of the one at the "
            + "address EXPR, or of all."},
    footer = {"", "Examples:",
        "  endpoints",
        "  endpoints history",
        "  endpoints 0xffff800000bf8000 history"})
final class EndpointsCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        final PastTable past = PastTable.of(desk(), words);
        if (past.isAsked()) {
            past.show(new EndpointStory(address(past.what())));
            return;
        }
        if (words != null) {
            throw new RefusedException("endpoints, or endpoints [EXPR] history: " + joined(words));
        }
        final TextTable table = new TextTable("address", "kind", "senders", "receivers", "bits");
        bantam.state().endpoints().forEach(one -> table.row("0x" + Long.toHexString(one.address()),
            one.open() ? "endpoint" : "endpoint, closed", bantam.threads(one.senders()),
            bantam.threads(one.receivers()), ""));
        bantam.state().notifications().forEach(one -> table.row("0x" + Long.toHexString(one.address()), "notification",
            "", bantam.threads(one.waiters())
                + (one.bound().isPresent() ? ", bound to " + bantam.thread(one.bound()) : ""),
            "0x" + Long.toHexString(one.bits())));
        table.lines().forEach(this::say);
        bantam.remark().ifPresent(this::say);
    }

    private OptionalLong address(final List<String> what) {
        return what.isEmpty() ? OptionalLong.empty() : OptionalLong.of(guest().value(joined(what)));
    }
}
