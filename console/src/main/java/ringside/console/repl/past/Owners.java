package ringside.console.repl.past;

import java.util.HashMap;
import java.util.Map;
import ringside.fastpath.view.KernelState;

/** Which threads are of which process: as marks tell it, of others as it is where the guest stands. */
final class Owners {
    private static final long ROOT = ~0xFFFL >>> 1;

    private final Map<Long, Long> bySpace = new HashMap<>();
    private final Map<Long, Long> byThread = new HashMap<>();

    Owners(final KernelState state) {
        state.spaces().forEach(space -> {
            bySpace.put(space.cr3() & ROOT, space.process());
            space.threads().forEach(thread -> byThread.put(thread, space.process()));
        });
    }

    /** Learns from a mark that tells of one. */
    void hear(final Told told) {
        if ("space_create".equals(told.kind())) {
            bySpace.put(told.first() & ROOT, told.third());
        } else if ("thread_create".equals(told.kind())) {
            byThread.put(told.first(), bySpace.getOrDefault(told.third() & ROOT, 0L));
        }
    }

    /** {@return the address of a thread's process, 0 where it is not known} */
    long of(final long thread) {
        return byThread.getOrDefault(thread, 0L);
    }
}
