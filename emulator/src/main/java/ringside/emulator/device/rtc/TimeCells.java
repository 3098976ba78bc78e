package ringside.emulator.device.rtc;

/** Where the time is among the cells, and the two ways between cells and seconds since 1970. */
final class TimeCells {
    static final int SECOND = 0x00;
    static final int SECOND_ALARM = 0x01;
    static final int MINUTE = 0x02;
    static final int MINUTE_ALARM = 0x03;
    static final int HOUR = 0x04;
    static final int HOUR_ALARM = 0x05;
    static final int WEEKDAY = 0x06;
    static final int DAY = 0x07;
    static final int MONTH = 0x08;
    static final int YEAR = 0x09;
    /** Not of the MC146818: the PC keeps the century among its RAM cells. */
    static final int CENTURY = 0x32;

    private static final int ALARM_ANY = 0xC0;
    private static final int YEARS = 100;
    private static final int MONTHS = 12;
    private static final int HOUR_SECONDS = 3600;
    private static final int MINUTE_SECONDS = 60;
    private static final int WEEK = 7;

    private TimeCells() {
    }

    static boolean isTime(final int cell) {
        return switch (cell) {
            case SECOND, MINUTE, HOUR, WEEKDAY, DAY, MONTH, YEAR, CENTURY -> true;
            default -> false;
        };
    }

    /** Writes a time; {@code shift} is how many days the weekday was set off from the calendar's. */
    static void encode(final byte[] cells, final TimeFormat format, final long time, final int shift) {
        final long day = Math.floorDiv(time, (long) CivilTime.SECONDS_A_DAY);
        final int second = (int) Math.floorMod(time, (long) CivilTime.SECONDS_A_DAY);
        final int[] date = CivilTime.date(day);
        cells[SECOND] = (byte) format.encode(second % MINUTE_SECONDS);
        cells[MINUTE] = (byte) format.encode(second / MINUTE_SECONDS % MINUTE_SECONDS);
        cells[HOUR] = (byte) format.encodeHour(second / HOUR_SECONDS);
        cells[WEEKDAY] = (byte) format.encode((CivilTime.weekday(day) - 1 + shift) % WEEK + 1);
        cells[DAY] = (byte) format.encode(date[2]);
        cells[MONTH] = (byte) format.encode(date[1]);
        cells[YEAR] = (byte) format.encode(Math.floorMod(date[0], YEARS));
        cells[CENTURY] = (byte) format.encode(Math.floorDiv(date[0], YEARS));
    }

    /** {@return the time in the cells; a part beyond its range, like second 75, counts on into the next one} */
    static long decode(final byte[] cells, final TimeFormat format) {
        final int hour = format.decodeHour(Byte.toUnsignedInt(cells[HOUR]));
        return day(cells, format) * CivilTime.SECONDS_A_DAY + (long) hour * HOUR_SECONDS
                + (long) number(cells, format, MINUTE) * MINUTE_SECONDS + number(cells, format, SECOND);
    }

    /** {@return how many days the weekday in the cells is off from the calendar's, 0 to 6} */
    static int weekdayShift(final byte[] cells, final TimeFormat format) {
        final long day = Math.floorDiv(decode(cells, format), (long) CivilTime.SECONDS_A_DAY);
        return Math.floorMod(number(cells, format, WEEKDAY) - CivilTime.weekday(day), WEEK);
    }

    static Alarm alarm(final byte[] cells, final TimeFormat format) {
        final int hour = Byte.toUnsignedInt(cells[HOUR_ALARM]);
        return new Alarm(hour >= ALARM_ANY ? Alarm.ANY : format.decodeHour(hour),
                alarmPart(cells, format, MINUTE_ALARM), alarmPart(cells, format, SECOND_ALARM));
    }

    private static int alarmPart(final byte[] cells, final TimeFormat format, final int cell) {
        return Byte.toUnsignedInt(cells[cell]) >= ALARM_ANY ? Alarm.ANY : number(cells, format, cell);
    }

    private static long day(final byte[] cells, final TimeFormat format) {
        final int year = number(cells, format, CENTURY) * YEARS + number(cells, format, YEAR);
        return CivilTime.day(year, Math.clamp(number(cells, format, MONTH), 1, MONTHS), number(cells, format, DAY));
    }

    private static int number(final byte[] cells, final TimeFormat format, final int cell) {
        return format.decode(Byte.toUnsignedInt(cells[cell]));
    }
}
