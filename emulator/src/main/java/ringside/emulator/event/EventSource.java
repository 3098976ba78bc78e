package ringside.emulator.event;

/** Anything that drives observers: a running machine or a trace file. Observers cannot tell which. */
public interface EventSource {
    /**
     * Adds an observer; it hears what happens from now on.
     *
     * @param observer told in the order of addition
     */
    void addObserver(MachineObserver observer);

    /**
     * Takes an observer off; a no-op for one that was never added.
     *
     * @param observer the same object as was added
     */
    void removeObserver(MachineObserver observer);
}
