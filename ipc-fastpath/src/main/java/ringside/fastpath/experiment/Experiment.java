package ringside.fastpath.experiment;

import java.util.List;

/** What the bench program does in a trial. The order is the number that it reports. */
public enum Experiment {
    /** A system call that does nothing: the floor under every other path. */
    NULL_SYSCALL("null-syscall"),
    /** Synchronous call and reply-and-receive between two threads. */
    CALL("call"),
    /** A signal to a notification that nobody waits for. */
    SIGNAL("signal"),
    /** A signal to a thread of the same priority that waits for it: it is made ready, the caller goes on. */
    WAKE("signal-wake");

    /** Those of one system call, which have neither space nor words. */
    public static final List<Experiment> SINGLE = List.of(NULL_SYSCALL, SIGNAL, WAKE);

    private final String text;

    Experiment(final String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
