package ringside.console.repl.past;

import java.util.Optional;
import java.util.Set;
import ringside.fastpath.view.KernelState;

/** Which handles came to a process and went from it with messages. */
public final class HandleStory implements Story {
    private static final String PASSED = "message_handle";
    private static final Set<String> KINDS = Set.of("space_create", "thread_create", PASSED);

    private final long process;
    private final Owners owners;

    /**
     * Tells of a process.
     *
     * @param process its address
     * @param state   of the kernel where the guest stands
     */
    public HandleStory(final long process, final KernelState state) {
        this.process = process;
        owners = new Owners(state);
    }

    @Override
    public boolean hears(final String kind) {
        return KINDS.contains(kind);
    }

    @Override
    public Optional<Telling> of(final Told told) {
        owners.hear(told);
        if (!PASSED.equals(told.kind())) {
            return Optional.empty();
        }
        if (owners.of(told.second()) == process) {
            return Optional.of(names -> names.thread(told.second()) + " gets a handle from "
                + names.thread(told.first()));
        }
        return owners.of(told.first()) == process ? Optional.of(names -> names.thread(told.first())
            + " gives a handle to " + names.thread(told.second())) : Optional.empty();
    }
}
