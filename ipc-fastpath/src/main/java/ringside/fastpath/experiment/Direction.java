package ringside.fastpath.experiment;

/** Which way of an exchange is measured. Each is a window of its own; none is computed from the others. */
public enum Direction {
    /** From the client's SYSCALL to the server's next instruction. */
    CALL("call"),
    /** From the server's SYSCALL, which replies and waits again, to the client's next instruction. */
    REPLY_RECV("reply-recv"),
    /** From the client's SYSCALL to the client's next instruction, the server's own instructions included. */
    ROUND_TRIP("round-trip");

    private final String text;

    Direction(final String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
