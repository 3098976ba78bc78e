package ringside.emulator.timing;

/**
 * The ticks of a slower clock, counted in cycles of the machine without ever rounding twice: tick n is the first cycle
 * at or after n / hz seconds.
 *
 * @param hz              ticks a second, 1 to {@code cyclesPerSecond}
 * @param cyclesPerSecond of the machine's clock, at most 2^31
 */
public record TickRate(long hz, long cyclesPerSecond) {
    /** Refuses rates that the machine's clock cannot tell apart. */
    public TickRate {
        if (hz < 1 || hz > cyclesPerSecond || cyclesPerSecond > 1L << 31) {
            throw new IllegalArgumentException("a rate is 1 Hz to that of the machine's clock: hz=" + hz
                    + " cyclesPerSecond=" + cyclesPerSecond);
        }
    }

    /**
     * {@return how many ticks have passed}
     *
     * @param cycle since the machine's start, not negative
     */
    public long ticks(final long cycle) {
        final long seconds = cycle / cyclesPerSecond;
        return seconds * hz + cycle % cyclesPerSecond * hz / cyclesPerSecond;
    }

    /**
     * {@return the first cycle at which so many ticks have passed}
     *
     * @param ticks since the machine's start, not negative
     */
    public long cycle(final long ticks) {
        final long seconds = ticks / hz;
        return seconds * cyclesPerSecond + (ticks % hz * cyclesPerSecond + hz - 1) / hz;
    }
}
