package ringside.emulator.device.rtc;

/** Seconds to a date and back, in the proleptic Gregorian calendar: exact arithmetic, no zone, any input. */
final class CivilTime {
    static final int SECONDS_A_DAY = 86_400;

    private static final int DAYS_A_CYCLE = 146_097;
    private static final int YEARS_A_CYCLE = 400;
    /** Days from 1 March of year 0 to 1 January 1970. */
    private static final int EPOCH_DAY = 719_468;
    private static final int DAYS_A_WEEK = 7;
    private static final int EPOCH_WEEKDAY = 4;

    private CivilTime() {
    }

    /** {@return days since 1970-01-01 of a day; one that the month does not have counts on from its end} */
    static long day(final int year, final int month, final int dayOfMonth) {
        final long fromMarch = year - (month <= 2 ? 1 : 0);
        final long cycle = Math.floorDiv(fromMarch, YEARS_A_CYCLE);
        final long yearOfCycle = fromMarch - cycle * YEARS_A_CYCLE;
        final long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
        final long dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear;
        return cycle * DAYS_A_CYCLE + dayOfCycle - EPOCH_DAY;
    }

    /** {@return 1 for Sunday to 7 for Saturday} */
    static int weekday(final long day) {
        return Math.floorMod(day + EPOCH_WEEKDAY, DAYS_A_WEEK) + 1;
    }

    /** {@return year, month from 1, day of the month from 1} */
    static int[] date(final long day) {
        final long shifted = day + EPOCH_DAY;
        final long cycle = Math.floorDiv(shifted, DAYS_A_CYCLE);
        final long dayOfCycle = shifted - cycle * DAYS_A_CYCLE;
        final long yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
        final long dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
        final long fromMarch = (5 * dayOfYear + 2) / 153;
        final int month = (int) (fromMarch < 10 ? fromMarch + 3 : fromMarch - 9);
        final int year = (int) (yearOfCycle + cycle * YEARS_A_CYCLE + (month <= 2 ? 1 : 0));
        return new int[] {year, month, (int) (dayOfYear - (153 * fromMarch + 2) / 5 + 1)};
    }
}
