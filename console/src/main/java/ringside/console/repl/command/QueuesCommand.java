package ringside.console.repl.command;

import picocli.CommandLine.Command;
import ringside.console.repl.guest.Bantam;
import ringside.fastpath.view.CpuQueues;

/** {@code queues}. */
@Command(name = "queues",
    header = "Show what Bantam's CPUs run, have to run, and who sleeps.",
    customSynopsis = "queues",
    footer = {"", "Examples:",
        "  queues"})
final class QueuesCommand extends DeskCommand {
    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        for (final CpuQueues cpu : bantam.state().cpus()) {
            say("CPU " + cpu.index() + ": runs " + (cpu.running().isPresent() ? bantam.thread(cpu.running()) : "nobody")
                + ", tick " + cpu.ticks());
            cpu.ready().forEach((priority, threads) -> say("  priority " + priority + ": " + bantam.threads(threads)));
            if (!cpu.sleepers().isEmpty()) {
                say("  sleep: " + bantam.threads(cpu.sleepers()));
            }
        }
        bantam.remark().ifPresent(this::say);
    }
}
