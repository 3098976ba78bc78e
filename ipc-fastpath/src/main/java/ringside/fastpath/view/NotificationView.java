package ringside.fastpath.view;

import java.util.List;
import java.util.OptionalLong;

/**
 * A notification with who waits for it.
 *
 * @param address of it
 * @param bits    signalled and not taken
 * @param waiters threads that wait, the most urgent first
 * @param bound   the thread that hears it while it receives
 */
public record NotificationView(long address, long bits, List<Long> waiters, OptionalLong bound) {
    /** Copies the list. */
    public NotificationView {
        waiters = List.copyOf(waiters);
    }
}
