package ringside.fastpath.experiment;

/** What the bench program does in a trial. The order is the number that it reports. */
public enum Experiment {
    /** A system call that does nothing: the floor under every other path. */
    NULL_SYSCALL("null-syscall"),
    /** Synchronous call and reply-and-receive between two threads. */
    CALL("call");

    private final String text;

    Experiment(final String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
