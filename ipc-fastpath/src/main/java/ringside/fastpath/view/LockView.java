package ringside.fastpath.view;

import java.util.List;
import java.util.OptionalInt;

/**
 * A lock: the kernel's own, or a word of memory that threads wait at.
 *
 * @param address of the lock's word, or of the memory object that the words are in
 * @param kernel  whether it is the one around the kernel
 * @param held    whether somebody has the kernel's lock; of words of memory the kernel does not know it
 * @param next    the CPU that the kernel's lock will be given to, if one has waited for long
 * @param waiters threads that wait at words of the memory object, the most urgent first
 */
public record LockView(long address, boolean kernel, boolean held, OptionalInt next, List<Waiter> waiters) {
    /** Copies the list. */
    public LockView {
        waiters = List.copyOf(waiters);
    }

    /**
     * Who waits for a word.
     *
     * @param thread that waits
     * @param offset of the word in the memory object
     */
    public record Waiter(long thread, long offset) {
    }
}
