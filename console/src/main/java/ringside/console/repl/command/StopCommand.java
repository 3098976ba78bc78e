package ringside.console.repl.command;

import picocli.CommandLine.Command;

/** {@code stop}. */
@Command(name = "stop",
    header = "Say how a run is stopped.",
    customSynopsis = "stop",
    description = {"",
        "While commands are read nothing runs. At a terminal ^C stops what does, forward or back."},
    footer = {"", "Examples:",
        "  stop"})
final class StopCommand extends DeskCommand {
    @Override
    public void run() {
        say("nothing runs; ^C stops a run");
    }
}
