package ringside.console.repl.command;

import picocli.CommandLine.Command;

/** {@code tss}. */
@Command(name = "tss",
    header = "Show the stacks of the task state segment.",
    customSynopsis = "tss",
    footer = {"", "Examples:",
        "  tss"})
final class TssCommand extends DeskCommand {
    @Override
    public void run() {
        new DescriptorTables(guest()).taskState().forEach(this::say);
    }
}
