package ringside.emulator.device.rtc;

/**
 * A time of day at which the clock calls, where each part can be "any".
 *
 * @param hour   0 to 23, or {@link #ANY}; other values never come
 * @param minute 0 to 59, or {@link #ANY}
 * @param second 0 to 59, or {@link #ANY}
 */
record Alarm(int hour, int minute, int second) {
    /** Fits every value. */
    static final int ANY = -1;
    /** The answer where no time fits. */
    static final long NEVER = -1;

    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int HOURS = 24;

    /** {@return in how many seconds after a second of the day it calls next, 1 to a day, or {@link #NEVER}} */
    long next(final long secondOfDay) {
        final int from = (int) Math.floorMod(secondOfDay + 1, (long) CivilTime.SECONDS_A_DAY);
        for (int i = 0; i <= HOURS; i++) {
            final int h = (from / HOUR + i) % HOURS;
            if (hour == ANY || hour == h) {
                final int found = inHour(i == 0 ? from % HOUR : 0);
                if (found >= 0) {
                    return 1 + Math.floorMod(h * HOUR + found - from, CivilTime.SECONDS_A_DAY);
                }
            }
        }
        return NEVER;
    }

    private int inHour(final int from) {
        for (int m = from / MINUTE; m < MINUTE; m++) {
            if (minute == ANY || minute == m) {
                final int least = m == from / MINUTE ? from % MINUTE : 0;
                final int s = second == ANY ? least : second;
                if (s >= least && s < MINUTE) {
                    return m * MINUTE + s;
                }
            }
        }
        return -1;
    }
}
