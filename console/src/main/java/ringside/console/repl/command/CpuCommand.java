package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Summary;

/** {@code cpu}. */
@Command(name = "cpu", aliases = "thread",
    header = "Look at another vCPU, or say where all are.",
    customSynopsis = "cpu [N]",
    description = {"",
        "Registers, memory and steps are those of the CPU that is looked at. Each stop looks at the "
            + "CPU that is concerned."},
    footer = {"", "Examples:",
        "  cpu",
        "  cpu 1"})
final class CpuCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words != null) {
            guest().select((int) Math.min(Integer.MAX_VALUE, Math.max(-1, guest().value(joined(words)))));
            desk().out().print(desk().summary());
            return;
        }
        final int selected = guest().cpu();
        final int next = guest().timeline().nextCpu();
        for (int i = 0; i < guest().cpus(); i++) {
            guest().select(i);
            final long rip = guest().pc();
            say((i == selected ? "* " : "  ") + i + "  cycle " + guest().machine().cycles(i) + "  "
                + Summary.mode(guest()) + "  " + guest().named(rip) + (i == next ? "  (takes the next step)" : ""));
        }
        guest().select(selected);
    }
}
