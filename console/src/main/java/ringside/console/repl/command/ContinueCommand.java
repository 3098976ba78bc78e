package ringside.console.repl.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.Halt;

/** {@code continue}. */
@Command(name = "continue", aliases = {"c", "run", "r"},
    header = "Run on to the next breakpoint, or for some steps.",
    customSynopsis = "continue [STEPS]",
    description = {"",
        "Without STEPS to a breakpoint or to the end of the run. STEPS counts instructions and "
            + "repetitions of all CPUs, exceptions, interrupts and ends of waits, as positions do."},
    footer = {"", "Examples:",
        "  continue",
        "  c 1000000"})
final class ContinueCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        final long steps = words == null ? Long.MAX_VALUE : guest().value(joined(words));
        if (steps < 1) {
            throw new RefusedException("it goes on by at least 1 step: " + joined(words));
        }
        Halt halt = desk().runner().forward(steps, Optional.empty());
        while (goesOn(halt)) {
            halt = desk().runner().forward(steps, Optional.empty());
        }
        desk().arrive(halt);
    }

    /** A breakpoint whose last action is to go on needs no command within a command. */
    private boolean goesOn(final Halt halt) {
        if (words != null || halt.met().size() != 1) {
            return false;
        }
        final List<String> actions = halt.met().getFirst().actions();
        if (actions.isEmpty() || !actions.getLast().matches("c|continue")) {
            return false;
        }
        desk().report(halt);
        actions.subList(0, actions.size() - 1).forEach(desk().interpreter()::execute);
        return desk().exit().isEmpty();
    }
}
