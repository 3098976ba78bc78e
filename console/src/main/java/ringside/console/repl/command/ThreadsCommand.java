package ringside.console.repl.command;

import picocli.CommandLine.Command;
import ringside.console.repl.guest.Bantam;
import ringside.fastpath.view.ThreadView;

/** {@code threads}. */
@Command(name = "threads", aliases = "ps",
    header = "Show Bantam's threads: what each does and waits for.",
    customSynopsis = "threads",
    description = {"",
        "A thread's name is that of its process and its number there."},
    footer = {"", "Examples:",
        "  threads"})
final class ThreadsCommand extends DeskCommand {
    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        final TextTable table = new TextTable("thread", "state", "cpu", "prio", "waits on", "caller", "rip", "block");
        for (final ThreadView thread : bantam.state().threads()) {
            final boolean runs = bantam.state().cpus().stream()
                .anyMatch(cpu -> cpu.running().isPresent() && cpu.running().getAsLong() == thread.address());
            table.row(bantam.thread(thread.address()), runs ? "RUNNING" : thread.state().name()
                + (thread.timed() ? " timed" : ""), Integer.toString(thread.cpu()), Integer.toString(thread.priority()),
                thread.waitsOn().isPresent() ? "0x" + Long.toHexString(thread.waitsOn().getAsLong()) : "-",
                bantam.thread(thread.caller()), guest().named(thread.rip()), "0x" + Long.toHexString(thread.address()));
        }
        table.lines().forEach(this::say);
        bantam.remark().ifPresent(this::say);
    }
}
