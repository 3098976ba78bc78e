package ringside.emulator.device.apic;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;

/**
 * A local APIC's timer: one tick a cycle before the divider (Intel SDM volume 3, 11.5.4).
 *
 * <p>Counts are computed from the clock when somebody looks. A deadline is set only while the timer will interrupt, so
 * that one which is masked costs nothing and wakes nobody.
 */
final class ApicTimer implements Stateful {
    static final int ONE_SHOT = 0;
    static final int PERIODIC = 1;
    static final int TSC_DEADLINE = 2;

    private static final int MASKED = 1 << 16;
    private static final int MODE_SHIFT = 17;
    /** The fourth mode is reserved; it is one-shot here. */
    private static final int MODE_MASK = 3;
    private static final long LONGEST_PERIOD = 1L << Integer.SIZE + 7;

    private final CycleClock clock;
    private final Runnable interrupt;
    private final CycleClock.Deadline expiry;
    private int mode;
    private boolean masked = true;
    private int divide;
    private long initialCount;
    private long startedAt;
    private boolean running;
    private long deadline;
    private long tscOffset;

    ApicTimer(final CycleClock clock, final Runnable interrupt) {
        this.clock = clock;
        this.interrupt = interrupt;
        expiry = clock.deadline(this::expire);
    }

    /** Back to the state after reset; the time-stamp counter goes on. */
    void reset() {
        mode = ONE_SHOT;
        masked = true;
        divide = 0;
        initialCount = 0;
        running = false;
        deadline = 0;
        plan();
    }

    /** {@return when it will interrupt, or {@link CycleClock#NEVER}} */
    long expiry() {
        return expiry.at();
    }

    /** Takes mode and mask from the local vector; a change from or to TSC-deadline mode disarms (11.5.4.1). */
    void control(final int localVector) {
        settle();
        final int next = localVector >> MODE_SHIFT & MODE_MASK;
        if (next != mode && (next == TSC_DEADLINE || mode == TSC_DEADLINE)) {
            running = false;
            deadline = 0;
        }
        mode = next;
        masked = (localVector & MASKED) != 0;
        plan();
    }

    void start(final long count) {
        settle();
        if (mode != TSC_DEADLINE) {
            initialCount = count;
            running = count != 0;
            startedAt = clock.now();
            plan();
        }
    }

    /** {@return its state, which stays as it is} */
    ApicState.Timer state() {
        return new ApicState.Timer(mode, 1 << divideShift(), initialCount, currentCount(), expiry.at());
    }

    long initialCount() {
        return initialCount;
    }

    long currentCount() {
        if (!running) {
            return 0;
        }
        final long passed = Math.max(clock.now() - startedAt, 0) >> divideShift();
        return mode == PERIODIC ? initialCount - passed % initialCount : Math.max(initialCount - passed, 0);
    }

    int divide() {
        return divide;
    }

    /** What is left of the count goes on at the new rate. */
    void divide(final int value) {
        settle();
        final long done = initialCount - currentCount();
        divide = value;
        startedAt = clock.now() - (done << divideShift());
        plan();
    }

    private int divideShift() {
        final int code = divide & 3 | divide >> 1 & 4;
        return code + 1 & 7;
    }

    /** {@return IA32_TSC_DEADLINE: 0 unless armed} */
    long deadline() {
        settle();
        return deadline != 0 && deadlineCycle() <= clock.now() ? 0 : deadline;
    }

    /** Sets IA32_TSC_DEADLINE: 0 disarms; in another mode nothing happens. */
    void deadline(final long timeStamp) {
        settle();
        if (mode == TSC_DEADLINE) {
            deadline = timeStamp;
            plan();
        }
    }

    /** Sets what is added to the clock to give the time-stamp counter. */
    void tscOffset(final long cycles) {
        settle();
        tscOffset = cycles;
        plan();
    }

    // The counter and the deadline are unsigned; the clock never reaches half their range.
    private long deadlineCycle() {
        final long cycle = deadline - tscOffset;
        final long timeStamp = clock.now() + tscOffset;
        if (Long.compareUnsigned(timeStamp, deadline) >= 0) {
            return clock.now();
        }
        return cycle < 0 ? CycleClock.NEVER : cycle;
    }

    /** What fell due while the CPU was in the middle of a block happens before anything is changed. */
    void settle() {
        if (expiry.at() <= clock.now()) {
            expire();
        } else if (mode != PERIODIC && running && currentCount() == 0) {
            running = false;
        } else if (masked && deadline != 0 && deadlineCycle() <= clock.now()) {
            deadline = 0;
        }
    }

    private void expire() {
        running &= mode == PERIODIC;
        deadline = 0;
        plan();
        interrupt.run();
    }

    private void plan() {
        long at = CycleClock.NEVER;
        if (!masked && mode == TSC_DEADLINE && deadline != 0) {
            at = deadlineCycle();
        } else if (!masked && mode != TSC_DEADLINE && running) {
            final long period = initialCount << divideShift();
            final long passed = Math.max(clock.now() - startedAt, 0);
            at = startedAt + (mode == PERIODIC ? passed / period + 1 : 1) * period;
        }
        expiry.set(at);
    }

    @Override
    public void save(final StateWriter out) {
        out.i32(mode).bool(masked).i32(divide).i64(initialCount).i64(startedAt).bool(running).i64(deadline)
                .i64(tscOffset).i64(expiry.at());
    }

    @Override
    public void load(final StateReader in) {
        mode = in.i32(ONE_SHOT, MODE_MASK);
        masked = in.bool();
        divide = in.i32(0, 0xB);
        initialCount = in.i64(0, 0xFFFF_FFFFL);
        startedAt = in.i64(-LONGEST_PERIOD, Long.MAX_VALUE / 2);
        running = in.bool();
        if (running && initialCount == 0) {
            throw in.refused("a timer cannot run from a count of 0");
        }
        deadline = in.i64();
        tscOffset = in.i64();
        expiry.set(in.i64(0, CycleClock.NEVER));
    }
}
