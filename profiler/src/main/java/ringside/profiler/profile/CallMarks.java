package ringside.profiler.profile;

import java.util.Map;
import java.util.Objects;

/**
 * Which probes of a kernel say what of its system calls, and what their numbers are called.
 *
 * @param result   kind of the probe at which a thread's system call returns; its register holds the status
 * @param message  kind of the probe at which a message passes from one thread, its first register, to another
 * @param calls    names of system calls by number, of which the low 32 bits count; others are called by their numbers
 * @param statuses names of results by status; others are called by their numbers
 */
public record CallMarks(String result, String message, Map<Long, String> calls, Map<Long, String> statuses) {
    /** Copies the maps. */
    public CallMarks {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(message, "message");
        calls = Map.copyOf(calls);
        statuses = Map.copyOf(statuses);
    }

    /** {@return what a system call is called} */
    String call(final long number) {
        final long low = Integer.toUnsignedLong((int) number);
        return calls.getOrDefault(low, Long.toString(low));
    }

    /** {@return what a status is called} */
    String status(final long status) {
        return statuses.getOrDefault(status, Long.toString(status));
    }
}
