package ringside.console.repl.command;

import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.past.QueueStory;
import ringside.fastpath.view.CpuQueues;

/** {@code queues}. */
@Command(name = "queues",
    header = "Show what Bantam's CPUs run, have to run, and who sleeps.",
    customSynopsis = {"queues [CPU history [--last N] [--from POSITION] [--to POSITION]]",
        "queues history [--last N] [--from POSITION] [--to POSITION]"},
    description = {"",
        "history: what a CPU ran before this place, what got ready there and what slept; without CPU of all."},
    footer = {"", "Examples:",
        "  queues",
        "  queues history",
        "  queues 0 history --last 40"})
final class QueuesCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        final PastTable past = PastTable.of(desk(), words);
        if (past.isAsked()) {
            past.show(new QueueStory(bantam.view(), guest().cpus(), cpu(past.what())));
            return;
        }
        if (words != null) {
            throw new RefusedException("queues, or queues [CPU] history: " + joined(words));
        }
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

    private OptionalInt cpu(final List<String> what) {
        if (what.isEmpty()) {
            return OptionalInt.empty();
        }
        final long cpu = guest().value(joined(what));
        if (cpu < 0 || cpu >= guest().cpus()) {
            throw new RefusedException("no CPU " + cpu + ": there are " + guest().cpus() + ", from 0");
        }
        return OptionalInt.of((int) cpu);
    }
}
