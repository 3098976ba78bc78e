package ringside.console.repl.command;

import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.past.HandleStory;
import ringside.fastpath.view.HandleView;
import ringside.fastpath.view.SpaceView;

/** {@code handles}. */
@Command(name = "handles",
    header = "Show the handles of a process.",
    customSynopsis = "handles [PROCESS] [history [--last N] [--from POSITION] [--to POSITION]]",
    description = {"",
        "PROCESS is a name as processes shows it; otherwise it is the process that runs. Of each handle "
            + "its number, the kind of object and its address, what it may do with it, and its badge. history: those "
            + "that came and went with messages before this place; of others no mark tells."},
    footer = {"", "Examples:",
        "  handles",
        "  handles init",
        "  handles init history"})
final class HandlesCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        final PastTable past = PastTable.of(desk(), words);
        final SpaceView space = past.what().isEmpty() ? running(bantam) : bantam.space(joined(past.what()));
        if (past.isAsked()) {
            past.show(new HandleStory(space.process(), bantam.state()));
            return;
        }
        final TextTable table = new TextTable("handle", "object", "address", "badge", "rights");
        HandleView.of(bantam.view(), space.process()).forEach(one -> table.row(Integer.toString(one.slot()),
            one.kind(), "0x" + Long.toHexString(one.object()), "0x" + Long.toHexString(one.badge()),
            String.join(" ", one.rights())));
        say("process " + bantam.name(space));
        table.lines().forEach(this::say);
        bantam.remark().ifPresent(this::say);
    }

    private SpaceView running(final Bantam bantam) {
        final OptionalLong thread = bantam.state().cpus().get(guest().cpu()).running();
        return bantam.state().spaces().stream().filter(one -> thread.isPresent()
            && one.threads().contains(thread.getAsLong())).findFirst().orElseThrow(() ->
                new RefusedException("this CPU runs no process: 'handles PROCESS', and 'processes' shows all"));
    }
}
