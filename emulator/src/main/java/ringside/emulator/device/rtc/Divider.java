package ringside.emulator.device.rtc;

/**
 * The divider chain that makes 32,768 ticks a second out of the machine's clock, exactly: nothing is rounded away.
 *
 * <p>Ticks and seconds are counted from a cycle at which a second began.
 */
final class Divider {
    static final int TICKS_A_SECOND = 32_768;

    private final long cyclesPerSecond;
    private long start;

    Divider(final long cyclesPerSecond) {
        this.cyclesPerSecond = cyclesPerSecond;
    }

    long start() {
        return start;
    }

    void start(final long cycle) {
        start = cycle;
    }

    /** After a reset of the chain the first second is half a one (MC146818, divider control). */
    void restart(final long now) {
        start = now - cyclesPerSecond / 2;
    }

    long seconds(final long cycle) {
        return Math.floorDiv(cycle - start, cyclesPerSecond);
    }

    long ticks(final long cycle) {
        final long seconds = seconds(cycle);
        final long rest = cycle - start - seconds * cyclesPerSecond;
        return seconds * TICKS_A_SECOND + rest * TICKS_A_SECOND / cyclesPerSecond;
    }

    long cycleOfSecond(final long second) {
        return start + second * cyclesPerSecond;
    }

    /** {@return the first cycle at which so many ticks have passed} */
    long cycleOfTick(final long tick) {
        final long rest = Math.floorMod(tick, (long) TICKS_A_SECOND) * cyclesPerSecond;
        return cycleOfSecond(Math.floorDiv(tick, (long) TICKS_A_SECOND))
                + (rest + TICKS_A_SECOND - 1) / TICKS_A_SECOND;
    }
}
