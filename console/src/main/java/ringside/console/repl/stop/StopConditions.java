package ringside.console.repl.stop;

import java.util.function.LongSupplier;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Timeline;

/** Conditions that are not a class of their own to others. */
public final class StopConditions {
    private StopConditions() {
    }

    /**
     * {@return what comes about when a counter gets to a number}
     *
     * @param counter of the machine's, which only rises
     * @param wanted  the number
     */
    public static Condition counted(final LongSupplier counter, final long wanted) {
        return new Counted(counter, wanted);
    }

    /**
     * {@return what comes about when the guest has said a text on its first serial port}
     *
     * @param timeline whose
     * @param text     not empty
     */
    public static Condition said(final Timeline timeline, final String text) {
        return new Said(timeline, text);
    }
}
