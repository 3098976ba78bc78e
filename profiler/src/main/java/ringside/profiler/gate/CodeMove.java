package ringside.profiler.gate;

import java.util.Objects;

/**
 * A routine of a path that is elsewhere than it was. Caches hold lines of 64 bytes, and front ends fetch and keep
 * decoded code by aligned windows within them, so the same instructions cost more where they straddle another one.
 *
 * @param routine that moved
 * @param before  address of the first instruction that the path executes of it, as the baseline has it
 * @param after   as the run has it
 */
public record CodeMove(String routine, long before, long after) {
    /** Bytes of a cache line, which front ends' windows are parts of. */
    public static final int LINE = 64;

    /** Refuses missing parts. */
    public CodeMove {
        Objects.requireNonNull(routine, "routine");
    }

    /** {@return whether it begins at another byte of its line, so that its instructions lie in other windows} */
    public boolean otherwiseInLine() {
        return before % LINE != after % LINE;
    }

    @Override
    public String toString() {
        final long from = Long.remainderUnsigned(before, LINE);
        final long to = Long.remainderUnsigned(after, LINE);
        return String.format("%s moved 0x%x -> 0x%x, byte %s of a cache line", routine.isEmpty() ? "the code" : routine,
                before, after, from == to ? "still " + from : from + " -> " + to);
    }
}
