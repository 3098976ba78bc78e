package ringside.emulator.device.rtc;

/**
 * How the registers hold numbers and hours: BCD or binary, of 24 or of 12 with a bit for the afternoon.
 *
 * @param binary    not BCD
 * @param wholeDays hours 0 to 23, not 1 to 12
 */
record TimeFormat(boolean binary, boolean wholeDays) {
    private static final int AFTERNOON = 1 << 7;
    private static final int HALF_DAY = 12;
    private static final int DIGIT = 0xF;
    private static final int DIGIT_BITS = 4;

    int encode(final int number) {
        return binary ? number & 0xFF : number / 10 % 10 << DIGIT_BITS | number % 10;
    }

    int encodeHour(final int hour) {
        if (wholeDays) {
            return encode(hour);
        }
        final int ofHalf = hour % HALF_DAY;
        return encode(ofHalf == 0 ? HALF_DAY : ofHalf) | (hour >= HALF_DAY ? AFTERNOON : 0);
    }

    /** {@return what a register says, 0 to 255; a digit above nine counts as what it is} */
    int decode(final int register) {
        return binary ? register : (register >> DIGIT_BITS) * 10 + (register & DIGIT);
    }

    int decodeHour(final int register) {
        return wholeDays ? decode(register)
                : decode(register & ~AFTERNOON) % HALF_DAY + ((register & AFTERNOON) != 0 ? HALF_DAY : 0);
    }
}
