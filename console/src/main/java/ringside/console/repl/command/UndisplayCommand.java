package ringside.console.repl.command;

import picocli.CommandLine.Command;

/** {@code undisplay}. */
@Command(name = "undisplay",
    header = "Show no expressions at stops any more.",
    customSynopsis = "undisplay",
    footer = {"", "Examples:",
        "  undisplay"})
final class UndisplayCommand extends DeskCommand {
    @Override
    public void run() {
        desk().displays().clear();
    }
}
