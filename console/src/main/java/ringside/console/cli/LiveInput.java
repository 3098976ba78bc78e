package ringside.console.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import ringside.emulator.machine.InputSource;

/** What a person types, or another program sends, as it comes: the one source that is not the same in the next run. */
final class LiveInput implements InputSource {
    private final InputStream in;
    private boolean ended;

    LiveInput(final InputStream in) {
        this.in = Objects.requireNonNull(in, "in");
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
            if (!idle && in.available() == 0) {
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
