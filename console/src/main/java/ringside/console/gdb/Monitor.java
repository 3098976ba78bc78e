package ringside.console.gdb;

import java.util.List;
import java.util.Optional;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Stop;

/** Commands that gdb hands on as they are typed, {@code monitor TEXT}, and the breakpoints that they set. */
@FunctionalInterface
public interface Monitor {
    /**
     * A breakpoint of the monitor's that was met.
     *
     * @param cpu  whose step met it
     * @param text says which, a line without its end
     */
    record Met(int cpu, String text) {
    }

    /**
     * Carries out a command, on the thread that owns the timeline.
     *
     * @param line what was typed behind {@code monitor}, without line ends
     * @return what it says, whole lines; empty for nothing
     */
    String run(String line);

    /** Has the command that is being carried out end soon; from any thread. */
    default void interrupt() {
    }

    /** {@return what the monitor's breakpoints look for now} A breakpoint that learns what it means looks for other. */
    default List<Condition> conditions() {
        return List.of();
    }

    /**
     * Says whether to stop for a breakpoint; the machine stands then where it stood.
     *
     * @param stop    at which some of the conditions came about
     * @param forward whether the way there was
     * @return what to say, if so
     */
    default Optional<Met> met(final Stop stop, final boolean forward) {
        return Optional.empty();
    }
}
