package ringside.console.repl.command;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.kernel.abi.SystemCalls;

/** Names for the numbers of a profile, where the guest is Bantam: system calls, threads, address spaces. */
final class ProfileNames {
    private static final Pattern CALL = Pattern.compile("\\[syscall (\\d{1,4})]");
    private static final Pattern THREAD = Pattern.compile("(?m) thread (0x\\p{XDigit}{1,16})$");
    private static final Pattern ROOT = Pattern.compile("(?m) (0x\\p{XDigit}{1,16})$");
    private static final long FRAME = ~0xFFFL;

    private final Guest guest;

    ProfileNames(final Guest guest) {
        this.guest = guest;
    }

    /** {@return the text with names behind numbers, as far as they are known where the guest stands} */
    String in(final String text) {
        if (!Bantam.is(guest)) {
            return text;
        }
        final String calls = CALL.matcher(text).replaceAll(found -> SystemCalls.all().stream()
            .filter(call -> call.number() == Integer.parseInt(found.group(1))).findFirst()
            .map(call -> "[SYS_" + call.name() + "]").orElse("[syscall $1]"));
        final Bantam bantam;
        try {
            bantam = Bantam.of(guest);
        } catch (final RefusedException none) {
            return calls;
        }
        final String threads = THREAD.matcher(calls).replaceAll(found -> " " + bantam.thread(address(found)));
        return ROOT.matcher(threads).replaceAll(found -> found.group() + space(bantam, address(found)));
    }

    private static long address(final MatchResult found) {
        return Long.parseUnsignedLong(found.group(1).substring(2), 16);
    }

    private static String space(final Bantam bantam, final long root) {
        return bantam.state().spaces().stream().filter(space -> (space.cr3() & FRAME) == root).findFirst()
            .map(space -> "  " + bantam.name(space)).orElse("");
    }
}
