package ringside.console.seat;

import java.util.function.LongSupplier;

/** How fast the guest ran: for a person's eyes, never part of a result. The one reader of the host's clock here. */
final class Stopwatch {
    private static final double NANOS = 1e9;
    /** Shorter runs say nothing about speed. */
    private static final long LEAST = 10_000;

    private final LongSupplier instructions;
    private double speed;

    Stopwatch(final LongSupplier instructions) {
        this.instructions = instructions;
    }

    /** {@return instructions a second of the last way forward that was long enough; 0 before there was one} */
    double speed() {
        return speed;
    }

    /** Does something that may run the guest. */
    void time(final Runnable what) {
        final long before = instructions.getAsLong();
        final long began = System.nanoTime();
        what.run();
        final long nanos = System.nanoTime() - began;
        final long ran = instructions.getAsLong() - before;
        if (ran >= LEAST && nanos > 0) {
            speed = ran * NANOS / nanos;
        }
    }
}
