package ringside.console.verify;

import java.util.Map;

/** One run of a scenario: goes on, stops, and goes back to where it was marked. */
interface Runner extends AutoCloseable {
    /** Begins to do at least so many steps more, 0 for none; {@link #stand} waits for their end. */
    void start(long steps);

    /** {@return where it stands after the steps that were started} */
    Stand stand();

    /** Marks the place where it stands. */
    void mark();

    /** Goes back to the mark. */
    void back();

    /** {@return a fingerprint of each page of RAM that is not all zeros, by number} */
    Map<Integer, Long> pages();

    @Override
    void close();
}
