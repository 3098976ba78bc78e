package ringside.console.repl.command;

import picocli.CommandLine.Command;

/** {@code apic}. */
@Command(name = "apic",
    header = "Show APICs, I/O APIC, 8259s and timers.",
    customSynopsis = "apic",
    description = {"",
        "Of the CPU that is looked at its local APIC: what waits, what is being served, its local vectors and its "
            + "timer; and what all CPUs share. Of the I/O APIC the pins that are not masked, or asserted."},
    footer = {"", "Examples:",
        "  apic"})
final class ApicCommand extends DeskCommand {
    @Override
    public void run() {
        InterruptText.of(guest().cpu(), guest().machine().cpu(guest().cpu()).interrupts()).forEach(this::say);
    }
}
