package ringside.console.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import ringside.emulator.machine.InputSource;

/** What a person types, or another program sends, as it comes: the one source that is not the same in the next run. */
final class LiveInput implements InputSource {
    /**
     * How often a patient source is asked before it takes a guest for one that never waits: 10 ms of the guest's time.
     */
    private static final int PATIENCE = 100;

    private final InputStream in;
    private final int patience;
    private final Runnable beforeWait;
    private int asked;
    private boolean ended;

    private LiveInput(final InputStream in, final int patience, final Runnable beforeWait) {
        this.in = Objects.requireNonNull(in, "in");
        this.patience = patience;
        this.beforeWait = Objects.requireNonNull(beforeWait, "beforeWait");
    }

    /**
     * {@return a source that gives each byte as soon as it is there}
     *
     * @param in         where they come from
     * @param beforeWait what is done before it waits for one
     */
    static LiveInput eager(final InputStream in, final Runnable beforeWait) {
        return new LiveInput(in, 0, beforeWait);
    }

    /**
     * {@return a source that gives a byte only when the guest has nothing else to do, so that the same bytes make the
     * same run whenever they come; but a guest that never waits is given them too}
     *
     * @param in         where they come from
     * @param beforeWait what is done before it waits for one
     */
    static LiveInput patient(final InputStream in, final Runnable beforeWait) {
        return new LiveInput(in, PATIENCE, beforeWait);
    }

    /**
     * Waits only when the machine has nothing else to do.
     *
     * <p>An end that comes while the machine is busy shows when it is idle, for a pipe that ended is to
     * {@code available} as one that is silent. The guest cannot tell them apart, and no run depends on it: until then
     * it is asked in vain.
     */
    @Override
    public int poll(final long cycle, final boolean idle) {
        try {
            if (ended) {
                return END;
            }
            if (idle) {
                asked = 0;
                beforeWait.run();
            } else if (asked < patience) {
                asked++;
                return NOTHING;
            } else if (in.available() == 0) {
                return NOTHING;
            }
            final int value = in.read();
            ended = value < 0;
            return ended ? END : value;
        } catch (final IOException e) {
            throw new UncheckedIOException("the input cannot be read", e);
        }
    }
}
