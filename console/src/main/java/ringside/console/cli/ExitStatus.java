package ringside.console.cli;

/** How a command ended, as the number that a shell sees. Scripts rely on these: a number never changes its meaning. */
enum ExitStatus {
    /** The command did what it was asked for. */
    FINE(0),
    /** The guest panicked, failed an assertion or stopped without saying that it was done. */
    GUEST_FAILED(1),
    /** Wrong options, or an input file that was refused. */
    WRONG_USE(2),
    /** A number is worse than its baseline. */
    REGRESSION(3),
    /** A replay did not do what the recording did. */
    DIVERGED(4),
    /**
     * The host or the engine failed: a library is missing, a self-check failed, a disk is full, or Ringside itself is
     * wrong.
     */
    HOST_FAULT(5);

    private final int code;

    ExitStatus(final int code) {
        this.code = code;
    }

    /** {@return the process's exit code} */
    int code() {
        return code;
    }
}
