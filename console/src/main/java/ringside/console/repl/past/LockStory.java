package ringside.console.repl.past;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Who took the kernel's lock and found it taken, and who waited at words of memory. */
public final class LockStory implements Story {
    private static final Set<String> KERNEL = Set.of("lock_acquire", "lock_contend", "lock_release");
    private static final Set<String> WORDS = Set.of("block_futex", "futex_wake");

    private final OptionalLong wanted;
    private final OptionalLong kernel;

    /**
     * Tells of one lock, or of all.
     *
     * @param wanted its address: that of the kernel's, or of a memory object
     * @param kernel address of the kernel's lock, if it has one
     */
    public LockStory(final OptionalLong wanted, final OptionalLong kernel) {
        this.wanted = wanted;
        this.kernel = kernel;
    }

    @Override
    public boolean hears(final String kind) {
        return KERNEL.contains(kind) || WORDS.contains(kind);
    }

    @Override
    public Optional<Telling> of(final Told told) {
        if (KERNEL.contains(told.kind())) {
            return wanted.isEmpty() || wanted.equals(kernel) ? Optional.of(names -> switch (told.kind()) {
                case "lock_acquire" -> "CPU " + told.cpu() + " has the kernel's lock";
                case "lock_contend" -> "CPU " + told.cpu() + " finds the kernel's lock taken";
                default -> "CPU " + told.cpu() + " gives the kernel's lock back";
            }) : Optional.empty();
        }
        if (wanted.isPresent() && wanted.getAsLong() != told.second()) {
            return Optional.empty();
        }
        return Optional.of(names -> "memory " + names.number(told.second()) + " +" + names.number(told.third()) + ": "
            + names.thread(told.first()) + ("futex_wake".equals(told.kind()) ? " is woken" : " waits"));
    }
}
