package ringside.console.repl.command;

import picocli.CommandLine.Command;
import ringside.console.repl.guest.Bantam;
import ringside.fastpath.view.SpaceView;

/** {@code processes}. */
@Command(name = "processes",
    header = "Show Bantam's processes: spaces, quotas, threads, memory.",
    customSynopsis = "processes",
    description = {"",
        "CR3 is what (CR3,ADDRESS) takes as an address space."},
    footer = {"", "Examples:",
        "  processes"})
final class ProcessesCommand extends DeskCommand {
    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        final TextTable table = new TextTable("process", "cr3", "threads", "pages", "used", "quota", "address");
        for (final SpaceView space : bantam.state().spaces()) {
            table.row(bantam.name(space), "0x" + Long.toHexString(space.cr3()),
                Integer.toString(space.threads().size()),
                Integer.toString(space.pages().size()), Long.toString(space.used()), Long.toString(space.quota()),
                "0x" + Long.toHexString(space.process()));
        }
        table.lines().forEach(this::say);
        bantam.remark().ifPresent(this::say);
    }
}
