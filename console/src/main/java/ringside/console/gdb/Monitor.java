package ringside.console.gdb;

/** Commands that gdb hands on as they are typed: {@code monitor TEXT}. */
@FunctionalInterface
public interface Monitor {
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
}
