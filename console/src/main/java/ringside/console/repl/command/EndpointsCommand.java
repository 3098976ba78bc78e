package ringside.console.repl.command;

import picocli.CommandLine.Command;
import ringside.console.repl.guest.Bantam;

/** {@code endpoints}. */
@Command(name = "endpoints",
    header = "Show Bantam's endpoints and notifications, and who waits.",
    customSynopsis = "endpoints",
    footer = {"", "Examples:",
        "  endpoints"})
final class EndpointsCommand extends DeskCommand {
    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
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
}
