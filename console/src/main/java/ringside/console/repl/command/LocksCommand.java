package ringside.console.repl.command;

import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.past.LockStory;
import ringside.fastpath.view.LockView;

/** {@code locks}. */
@Command(name = "locks",
    header = "Show Bantam's kernel lock, and who waits at words.",
    customSynopsis = {"locks [EXPR history [--last N] [--from POSITION] [--to POSITION]]",
        "locks history [--last N] [--from POSITION] [--to POSITION]"},
    description = {"",
        "history: who had the kernel's lock before this place, who found it taken, and who waited at words; of "
            + "the one at the address EXPR, or of all."},
    footer = {"", "Examples:",
        "  locks",
        "  locks history",
        "  locks kernel_lock history"})
final class LocksCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
        final PastTable past = PastTable.of(desk(), words);
        if (past.isAsked()) {
            past.show(new LockStory(address(past.what()), kernelLock()));
            return;
        }
        if (words != null) {
            throw new RefusedException("locks, or locks [EXPR] history: " + joined(words));
        }
        if (bantam.state().locks().isEmpty()) {
            say("no locks: this Bantam is for one CPU, and nobody waits at a word of memory");
        }
        for (final LockView lock : bantam.state().locks()) {
            final String name = guest().named(lock.address());
            if (lock.kernel()) {
                say(name + (lock.held() ? ": held" : ": free")
                    + (lock.next().isPresent() ? ", next CPU " + lock.next().getAsInt() : ""));
            } else {
                say("memory " + name + ":");
                lock.waiters().forEach(one -> say("  " + bantam.thread(one.thread()) + " at +0x"
                    + Long.toHexString(one.offset())));
            }
        }
        bantam.remark().ifPresent(this::say);
    }

    private OptionalLong address(final List<String> what) {
        return what.isEmpty() ? OptionalLong.empty() : OptionalLong.of(guest().value(joined(what)));
    }

    private OptionalLong kernelLock() {
        return guest().image().symbols().byName("kernel_lock").map(lock -> OptionalLong.of(lock.address()))
            .orElse(OptionalLong.empty());
    }
}
