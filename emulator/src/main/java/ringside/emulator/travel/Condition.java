package ringside.emulator.travel;

import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.HostWrite;

/**
 * Something to stop at: an observer that counts how often it came about.
 *
 * <p>A history is looked at in pieces, some of them more than once, and the count of a piece must be the same each
 * time: it depends on the events of the piece and on nothing that came before it.
 */
public interface Condition extends MachineObserver {
    /** {@return how often it came about in all that this observer heard; it only rises} */
    long hits();

    /**
     * {@return whether to stop before the step that brought it about, as a breakpoint does, and not behind it, as a
     * watchpoint does} Backwards every stop is before.
     */
    boolean stopsBefore();

    /** {@return whether no step brings it about more than once, and it can be ignored by number} */
    default boolean isOnceAStep() {
        return false;
    }

    /**
     * {@return whether a change by the user brings it about, of which observers hear nothing}
     *
     * @param change that is made
     */
    default boolean isBroughtAboutBy(final HostWrite change) {
        return false;
    }
}
