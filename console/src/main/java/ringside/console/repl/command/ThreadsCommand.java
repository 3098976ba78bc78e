package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.past.ThreadStory;
import ringside.fastpath.view.ThreadView;

/** {@code threads}. */
@Command(name = "threads", aliases = "ps",
    header = "Show Bantam's threads: what each does and waits for.",
    customSynopsis = {"threads [THREAD history [--last N] [--from POSITION] [--to POSITION]]",
        "threads wide"},
    description = {"",
        "A thread's name is that of its process and its number there. It waits for an object at an "
            + "address. wide: on long lines also who called it, and the addresses of its block and its code. "
            + "history: what it did before this place: where it ran, what it waited for, who woke it."},
    footer = {"", "Examples:",
        "  threads",
        "  threads wide",
        "  threads init/0 history",
        "  threads init/0 history --last 50 --to before-the-call"})
final class ThreadsCommand extends DeskCommand {
    private static final int COLUMNS = 80;

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final PastTable past = PastTable.of(desk(), words);
        if (past.isAsked()) {
            past.show(new ThreadStory(Bantam.of(guest()).named(required("threads", past.what()))));
            return;
        }
        if (words != null && !words.equals(List.of("wide"))) {
            throw new RefusedException("threads, or threads wide: " + joined(words));
        }
        if (words == null) {
            narrow(Bantam.of(guest()));
        } else {
            wide();
        }
    }

    private void narrow(final Bantam bantam) {
        final TextTable table = new TextTable("thread", "state", "cpu", "prio", "waits for", "at");
        for (final ThreadView thread : bantam.state().threads()) {
            final String object = thread.waitsOn().isPresent() ? "0x" + Long.toHexString(thread.waitsOn().getAsLong())
                : "-";
            final String code = guest().symbol(thread.rip());
            table.row(bantam.thread(thread.address()), state(bantam, thread), Integer.toString(thread.cpu()),
                Integer.toString(thread.priority()), object, code.isEmpty() ? "0x" + Long.toHexString(thread.rip())
                : code);
        }
        table.lines(COLUMNS).forEach(this::say);
        bantam.remark().ifPresent(this::say);
    }

    private static String state(final Bantam bantam, final ThreadView thread) {
        final boolean runs = bantam.state().cpus().stream()
            .anyMatch(cpu -> cpu.running().isPresent() && cpu.running().getAsLong() == thread.address());
        return runs ? "RUNNING" : thread.state().name() + (thread.timed() ? " timed" : "");
    }

    private void wide() {
        final Bantam bantam = Bantam.of(guest());
        final TextTable table = new TextTable("thread", "state", "cpu", "prio", "waits on", "caller", "rip", "block");
        for (final ThreadView thread : bantam.state().threads()) {
            table.row(bantam.thread(thread.address()), state(bantam, thread), Integer.toString(thread.cpu()),
                Integer.toString(thread.priority()),
                thread.waitsOn().isPresent() ? "0x" + Long.toHexString(thread.waitsOn().getAsLong()) : "-",
                bantam.thread(thread.caller()), guest().named(thread.rip()), "0x" + Long.toHexString(thread.address()));
        }
        table.lines().forEach(this::say);
        bantam.remark().ifPresent(this::say);
    }
}
