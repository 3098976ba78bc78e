package ringside.console.repl.command;

import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Summary;
import ringside.fastpath.view.HandleView;
import ringside.fastpath.view.SpaceView;

/** {@code handles}. */
@Command(name = "handles",
    header = "Show the handles of a process.",
    customSynopsis = "handles [PROCESS]",
    description = {"",
        "PROCESS is a name as processes shows it; otherwise it is the process that runs. Of each handle "
            + "its number, the kind of object and its address, what it may do with it, and its badge."},
    footer = {"", "Examples:",
        "  handles",
        "  handles init"})
final class HandlesCommand extends DeskCommand {
    @Parameters(arity = "0..1", paramLabel = "WORD", hidden = true)
    private String process;

    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        final SpaceView space = process == null ? running(bantam) : bantam.state().spaces().stream()
            .filter(one -> bantam.name(one).equals(process)).findFirst().orElseThrow(() ->
                new RefusedException("no process is called " + Summary.printable(process) + ": 'processes' shows all"));
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
