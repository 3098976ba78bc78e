package ringside.console.seat;

import org.jline.utils.Signals;

/** The key that interrupts a program, ^C, for as long as it does something else: where no {@link Seat} is taken. */
public final class InterruptKey implements AutoCloseable {
    private static final String NAME = "INT";

    private final Object before;

    private InterruptKey(final Object before) {
        this.before = before;
    }

    /**
     * Takes the key.
     *
     * @param pressed is done, in a thread of its own, each time when it is pressed
     * @return the key; who closes it gives it back what it did
     */
    public static InterruptKey taken(final Runnable pressed) {
        return new InterruptKey(Signals.register(NAME, pressed));
    }

    @Override
    public void close() {
        Signals.unregister(NAME, before);
    }
}
