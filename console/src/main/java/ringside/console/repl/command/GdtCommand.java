package ringside.console.repl.command;

import picocli.CommandLine.Command;

/** {@code gdt}. */
@Command(name = "gdt",
    header = "Show the global descriptor table.",
    customSynopsis = "gdt",
    footer = {"", "Examples:",
        "  gdt"})
final class GdtCommand extends DeskCommand {
    @Override
    public void run() {
        new DescriptorTables(guest()).segments().forEach(this::say);
    }
}
