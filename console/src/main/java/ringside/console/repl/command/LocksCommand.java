package ringside.console.repl.command;

import picocli.CommandLine.Command;
import ringside.console.repl.guest.Bantam;
import ringside.fastpath.view.LockView;

/** {@code locks}. */
@Command(name = "locks",
    header = "Show Bantam's kernel lock, and who waits at words.",
    customSynopsis = "locks",
    footer = {"", "Examples:",
        "  locks"})
final class LocksCommand extends DeskCommand {
    @Override
    public void run() {
        final Bantam bantam = Bantam.of(guest());
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
}
