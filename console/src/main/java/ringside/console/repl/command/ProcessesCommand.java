package ringside.console.repl.command;

import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.past.ProcessStory;
import ringside.fastpath.view.SpaceView;

/** {@code processes}. */
@Command(name = "processes",
    header = "Show Bantam's processes: spaces, quotas, threads, memory.",
    customSynopsis = {"processes [PROCESS history [--last N] [--from POSITION] [--to POSITION]]",
        "processes history [--last N] [--from POSITION] [--to POSITION]"},
    description = {"",
        "CR3 is what (CR3,ADDRESS) takes as an address space. history: which came and went before "
            + "this place, with their threads; of one its pages as well."},
    footer = {"", "Examples:",
        "  processes",
        "  processes history",
        "  processes init history"})
final class ProcessesCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        final PastTable past = PastTable.of(desk(), words);
        if (past.isAsked()) {
            past.show(new ProcessStory(past.what().isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(bantam.space(joined(past.what())).process()), bantam.state()));
            return;
        }
        if (words != null) {
            throw new RefusedException("processes, or processes [PROCESS] history: " + joined(words));
        }
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
