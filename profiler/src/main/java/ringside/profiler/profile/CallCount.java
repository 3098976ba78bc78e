package ringside.profiler.profile;

import java.util.Optional;

/**
 * System calls that one thread made, of one kind, with one outcome.
 *
 * @param client thread that made them
 * @param call   name of the system call
 * @param peer   thread that its message went to; empty where none left
 * @param result name of the status; empty where the call had not returned when the run ended, or its thread did
 * @param fine   whether the status was 0
 * @param cycles from the SYSCALL instruction to the return, whatever else ran meanwhile; of none where there is no
 *               result
 * @param count  how many
 */
public record CallCount(String client, String call, Optional<String> peer, Optional<String> result, boolean fine,
        Distribution cycles, long count) {
    /** {@return whether the call returned, and not with status 0} */
    public boolean failed() {
        return result.isPresent() && !fine;
    }
}
