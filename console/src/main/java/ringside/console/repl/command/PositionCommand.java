package ringside.console.repl.command;

import picocli.CommandLine.Command;

/** {@code position}. */
@Command(name = "position", aliases = {"pos", "where-am-i"},
    header = "Say where the guest stands.",
    customSynopsis = "position",
    description = {"",
        "The position can be pasted into a report: goto leads there."},
    footer = {"", "Examples:",
        "  position"})
final class PositionCommand extends DeskCommand {
    @Override
    public void run() {
        desk().out().print(desk().summary());
        say("  instructions " + guest().machine().instructions() + ", steps " + guest().machine().steps()
            + guest().timeline().ended().map(result -> "; " + desk().runner().ended(result)).orElse(""));
    }
}
