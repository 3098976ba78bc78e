package ringside.console.repl.command;

import picocli.CommandLine.Command;

/** {@code idt}. */
@Command(name = "idt",
    header = "Show the interrupt descriptor table.",
    customSynopsis = "idt",
    description = {"",
        "The gates that are present, each with the routine that it leads to."},
    footer = {"", "Examples:",
        "  idt"})
final class IdtCommand extends DeskCommand {
    @Override
    public void run() {
        new DescriptorTables(guest()).gates().forEach(this::say);
    }
}
