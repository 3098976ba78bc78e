package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.stop.Halt;
import ringside.emulator.travel.Position;

/** {@code goto}. */
@Command(name = "goto", aliases = "go",
    header = "Go to a position, forward or back.",
    customSynopsis = "goto POSITION | +STEPS | -STEPS | BOOKMARK | start",
    description = {"",
        "A position is STEP:CPU, as every stop shows it, or STEP alone. It is the same place in every "
            + "run of the same image with the same options."},
    footer = {"", "Examples:",
        "  goto 81234:0",
        "  goto -100",
        "  goto before-the-call",
        "  goto start"})
final class GotoCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final String text = required("goto", words);
        final long step = desk().place(text);
        final Halt halt = desk().runner().to(step);
        if (text.matches("\\d+:\\d+")) {
            guest().select(Position.of(text).cpu());
        }
        desk().arrive(halt);
    }
}
