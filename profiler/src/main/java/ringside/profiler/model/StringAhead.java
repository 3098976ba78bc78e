package ringside.profiler.model;

/** What was done of a string instruction's accesses before it was followed, for it may make any number of them. */
final class StringAhead {
    private long read;
    private long written;
    private long late;
    private Cause cause = Cause.SERIAL;

    void add(final int bytes, final boolean write) {
        if (write) {
            written += bytes;
        } else {
            read += bytes;
        }
    }

    /** Misses that overlap: all of it is over so late, where it was not later already. */
    void atLeast(final long cycles, final Cause source) {
        if (cycles > late) {
            late = cycles;
            cause = source;
        }
    }

    /** A miss that nothing overlaps. */
    void more(final long cycles, final Cause source) {
        atLeast(late + cycles, source);
    }

    /** {@return cycles for its misses} */
    long late() {
        return late;
    }

    /** {@return what it waited for} */
    Cause cause() {
        return cause;
    }

    /** {@return the bytes that an instruction's cost goes by} */
    long bytes(final Step i) {
        return i.stores == 0 ? read : written;
    }

    /** {@return bytes so far, whatever the instruction is} */
    long moved() {
        return Math.max(read, written);
    }

    void clear() {
        read = 0;
        written = 0;
        late = 0;
        cause = Cause.SERIAL;
    }
}
