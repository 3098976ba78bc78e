package ringside.console.repl.past;

import java.util.List;
import java.util.Optional;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Machine;

/** What counts of all that marks tell, and in which words. One stretch is told to it, in order. */
public interface Story {
    /** Words for what happened. */
    interface Telling {
        /**
         * {@return one line}
         *
         * @param names of objects, where it happened
         */
        String text(Names names);
    }

    /**
     * {@return whether marks of a kind can count}
     *
     * @param kind as the image has it
     */
    boolean hears(String kind);

    /**
     * {@return words for what a mark told; empty where it does not count}
     *
     * @param told of a kind that it hears
     */
    Optional<Telling> of(Told told);

    /**
     * {@return who else listens, and is told each mark before this}
     *
     * @param machine where the stretch begins
     */
    default List<MachineObserver> with(final Machine machine) {
        return List.of();
    }
}
