package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.Unwinder;

/** {@code backtrace}. */
@Command(name = "backtrace", aliases = {"bt", "where"},
    header = "Show who called the running routine.",
    customSynopsis = "backtrace [N]",
    description = {"",
        "Found in the history: from where a routine was entered back to the step before that, and so "
            + "on, through interrupts and system calls. Needs no frame pointers. N is how many frames at "
            + "most, 16 unless given."},
    footer = {"", "Examples:",
        "  backtrace",
        "  bt 3"})
final class BacktraceCommand extends DeskCommand {
    private static final int OTHERWISE = 16;
    private static final int MOST = 256;

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final long most = words == null ? OTHERWISE : times(words);
        if (most > MOST) {
            throw new RefusedException("at most " + MOST + " frames: " + most);
        }
        final Unwinder.Trace trace = new Unwinder(guest()).trace((int) most);
        int number = 0;
        for (final Unwinder.Frame frame : trace.frames()) {
            final String line = guest().code().line(frame.pc()).map(source -> "  " + source).orElse("");
            final String way = frame.way() == Unwinder.Way.NONE ? "" : "  " + frame.way().word() + " at step "
                + frame.step();
            say(String.format("#%-2d %s%s%s", number++, guest().named(frame.pc()), line, way));
        }
        say("(" + trace.end() + ")");
    }
}
