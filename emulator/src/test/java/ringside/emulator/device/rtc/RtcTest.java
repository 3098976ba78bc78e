package ringside.emulator.device.rtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.timing.CycleClock;

/** The MC146818's data sheet, one rule a test. */
class RtcTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int A = 0x0A;
    private static final int B = 0x0B;
    private static final int C = 0x0C;
    private static final int BINARY_24 = 0x06;
    private static final int SET = 0x80;

    private long now;
    private boolean interrupt;
    private final CycleClock clock = new CycleClock(() -> now, () -> { });
    private Rtc rtc = clockAt(LocalDateTime.of(2000, 1, 1, 0, 0));

    private Rtc clockAt(final LocalDateTime time) {
        return new Rtc(level -> interrupt = level, clock, SECOND, time.toEpochSecond(ZoneOffset.UTC));
    }

    private void put(final int cell, final int value) {
        rtc.write(0, 1, cell);
        rtc.write(1, 1, value);
    }

    private int get(final int cell) {
        rtc.write(0, 1, cell);
        return (int) rtc.read(1, 1);
    }

    private void pass(final long cycles) {
        now += cycles;
        clock.fireDue();
    }

    private LocalDateTime shown() {
        put(B, BINARY_24);
        return LocalDateTime.of(get(0x32) * 100 + get(9), get(8), get(7), get(4), get(2), get(0));
    }

    @Test
    void timeBeginsAtTheEpochInBcdAnd24Hours() {
        assertEquals(0x26, get(A));
        assertEquals(0x02, get(B));
        assertEquals(0x80, get(0x0D), "RAM and time are valid");
        assertArrayEquals(new int[] {0, 0, 0, 7, 1, 1, 0, 0x20},
                new int[] {get(0), get(2), get(4), get(6), get(7), get(8), get(9), get(0x32)}, "a Saturday");
        assertEquals(0xFF, rtc.read(0, 1), "the index cannot be read");
    }

    @Test
    void secondsAreTheMachinesCyclesExactly() {
        pass(SECOND - 1);
        assertEquals(0, get(0));
        pass(1);
        assertEquals(1, get(0));
        pass(86_399 * SECOND);
        assertEquals(LocalDateTime.of(2000, 1, 2, 0, 0), shown());
    }

    @Test
    void calendarIsThatOfJavaTime() {
        final Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            final LocalDate day = LocalDate.ofEpochDay(random.nextInt(5_000_000) - 700_000);
            assertEquals(day.toEpochDay(), CivilTime.day(day.getYear(), day.getMonthValue(), day.getDayOfMonth()));
            assertArrayEquals(new int[] {day.getYear(), day.getMonthValue(), day.getDayOfMonth()},
                    CivilTime.date(day.toEpochDay()));
            assertEquals(day.getDayOfWeek().getValue() % 7 + 1, CivilTime.weekday(day.toEpochDay()));
        }
    }

    @Test
    void everyFormatShowsTheSameTime() {
        rtc = clockAt(LocalDateTime.of(2024, 2, 29, 23, 58, 59));
        assertEquals(0x23, get(4));
        put(B, 0x06);
        assertEquals(23, get(4));
        put(B, 0x04);
        assertEquals(0x80 | 11, get(4), "11 in the afternoon");
        put(B, 0x00);
        assertEquals(0x91, get(4));
        assertEquals(0x59, get(0));
        pass(62 * SECOND);
        assertEquals(0x12, get(4), "midnight is 12");
        assertEquals(0x01, get(7), "the day behind 29 February");
        assertEquals(0x03, get(8));
    }

    @Test
    void timeIsSetWhileSetIsOnAndGoesOnFromThere() {
        put(B, SET | BINARY_24);
        final int[] cells = {0, 2, 4, 7, 8, 9, 0x32};
        final int[] values = {58, 59, 23, 31, 12, 99, 19};
        for (int i = 0; i < cells.length; i++) {
            put(cells[i], values[i]);
        }
        pass(10 * SECOND);
        assertEquals(58, get(0), "SET holds it");
        put(B, BINARY_24);
        pass(2 * SECOND);
        assertEquals(LocalDateTime.of(2000, 1, 1, 0, 0), shown());
    }

    @Test
    void timeSetWithoutHoldingTakesEffectAtOnce() {
        put(B, BINARY_24);
        put(4, 13);
        pass(SECOND);
        assertEquals(LocalDateTime.of(2000, 1, 1, 13, 0, 1), shown());
    }

    @Test
    void weekdayIsTheGuestsOwn() {
        put(6, 3);
        pass(86_400 * SECOND);
        assertEquals(4, get(6));
    }

    @Test
    void nonsenseIsCountedOn() {
        put(B, SET | BINARY_24);
        put(0x32, 20);
        put(0, 75);
        put(8, 0);
        put(7, 40);
        put(B, BINARY_24);
        assertEquals(LocalDateTime.of(2000, 2, 9, 0, 1, 15), shown());
    }

    @Test
    void updateIsAnnounced() {
        pass(SECOND - 2_228_001);
        assertEquals(0x26, get(A));
        pass(1);
        assertEquals(0xA6, get(A), "244 microseconds before the cycle and 1984 of it");
        pass(2_228_000);
        assertEquals(0x26, get(A));
        put(B, SET);
        pass(SECOND - 1);
        assertEquals(0x26, get(A), "no update while SET is on");
    }

    @Test
    void stoppedDividerHoldsTimeAndBeginsWithHalfASecond() {
        put(A, 0x66);
        pass(10 * SECOND + 7);
        assertEquals(0, get(0));
        put(A, 0x26);
        pass(SECOND / 2 - 1);
        assertEquals(0, get(0));
        pass(1);
        assertEquals(1, get(0));
    }

    @Test
    void updateEndedInterruptComesEachSecond() {
        put(B, 0x12);
        pass(SECOND - 1);
        assertFalse(interrupt);
        pass(1);
        assertTrue(interrupt);
        assertEquals(0xD0, get(C), "requested; the periodic flag is on without its enable bit");
        assertFalse(interrupt, "reading C ends it");
        assertEquals(2 * SECOND, clock.next());
        put(B, SET | 0x12);
        assertEquals(SET | 0x02, get(B), "SET clears its enable bit");
    }

    @Test
    void flagsAreRaisedWithoutAnInterruptAndNobodyWakesForThem() {
        pass(SECOND);
        assertEquals(CycleClock.NEVER, clock.next());
        assertEquals(0x50, get(C), "periodic and updated, but no request");
        assertEquals(0x00, get(C));
        assertFalse(interrupt);
    }

    @Test
    void unreadRequestWakesNobodyAgain() {
        put(B, 0x42);
        pass(SECOND);
        assertTrue(interrupt);
        assertEquals(CycleClock.NEVER, clock.next());
    }

    @Test
    void periodicRatesAreThoseOfTheTable() {
        final int[] hertz = {0, 256, 128, 8192, 4096, 2048, 1024, 512, 256, 128, 64, 32, 16, 8, 4, 2};
        put(B, 0x42);
        for (int rate = 0; rate < hertz.length; rate++) {
            put(A, 0x60);
            put(A, 0x20 | rate);
            get(C);
            int count = 0;
            final long start = now - SECOND / 2;
            while (hertz[rate] != 0 && clock.next() <= start + 2 * SECOND) {
                pass(clock.next() - now);
                assertEquals(0xC0, get(C) & 0xC0);
                count++;
                final long half = hertz[rate] / 2;
                assertEquals(start + Math.ceilDiv((half + count) * SECOND, hertz[rate]), now, "never drifting");
            }
            assertEquals(hertz[rate] * 3 / 2, count);
        }
        assertEquals(0, hertz[0]);
    }

    @Test
    void alarmCallsAtItsTime() {
        put(5, 0x06);
        put(3, 0x30);
        put(1, 0x15);
        put(B, 0x22);
        final long due = (6 * 3600 + 30 * 60 + 15) * SECOND;
        assertEquals(due, clock.next());
        pass(due);
        assertTrue(interrupt);
        assertEquals(0xA0, get(C) & 0xA0);
        assertEquals(due + 86_400 * SECOND, clock.next());
    }

    @Test
    void alarmPartsThatAreAnyFitAll() {
        put(5, 0xC0);
        put(3, 0xFF);
        put(1, 0x05);
        put(B, 0x22);
        assertEquals(5 * SECOND, clock.next());
        pass(5 * SECOND);
        get(C);
        assertEquals(65 * SECOND, clock.next());
    }

    @Test
    void alarmsComeWhenTryingEverySecondSaysSo() {
        final Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            final Alarm alarm = new Alarm(random.nextInt(27) - 1, random.nextInt(4) == 0 ? -1 : random.nextInt(62),
                    random.nextInt(4) == 0 ? -1 : random.nextInt(62));
            final int from = random.nextInt(86_400);
            long expected = Alarm.NEVER;
            for (int delay = 1; delay <= 86_400 && expected == Alarm.NEVER; delay++) {
                final int at = (from + delay) % 86_400;
                if ((alarm.hour() == -1 || alarm.hour() == at / 3600)
                        && (alarm.minute() == -1 || alarm.minute() == at / 60 % 60)
                        && (alarm.second() == -1 || alarm.second() == at % 60)) {
                    expected = delay;
                }
            }
            assertEquals(expected, alarm.next(from), alarm + " from " + from);
        }
    }

    @Test
    void ramCellsHoldWhatIsWrittenAndSayHowMuchMemoryThereIs() {
        rtc.presetMemory(64L << 20);
        assertEquals(640, get(0x15) | get(0x16) << 8);
        assertEquals(63 * 1024, get(0x17) | get(0x18) << 8);
        assertEquals(63 * 1024, get(0x30) | get(0x31) << 8);
        assertEquals(48 * 16, get(0x34) | get(0x35) << 8);
        rtc.presetMemory(2L << 30);
        assertEquals(0xFFFF, get(0x30) | get(0x31) << 8);
        put(0x0F, 0x5A);
        put(0xFF, 0xA5);
        assertEquals(0x5A, get(0x0F));
        assertEquals(0xA5, get(0x7F), "bit 7 of the index is no address");
    }

    @Test
    void savedClockGoesOnAsTheOriginal() {
        final Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            for (int i = 0; i < 20; i++) {
                put(random.nextInt(16), random.nextInt(256));
                pass(random.nextLong(3 * SECOND));
            }
            final byte[] state = saved();
            final long start = now;
            final boolean level = interrupt;
            final long seed = random.nextLong();
            final String original = trace(seed);
            now = start;
            interrupt = level;
            rtc.load(new StateReader(state));
            assertArrayEquals(state, saved());
            assertEquals(original, trace(seed));
        }
    }

    private String trace(final long seed) {
        final Random random = new Random(seed);
        final StringBuilder seen = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            pass(random.nextLong(SECOND));
            seen.append(get(random.nextInt(14))).append(interrupt).append(clock.next()).append(' ');
        }
        return seen.toString();
    }

    @Test
    void noStateHangsOrFailsTheClock() {
        final Random random = new Random(11);
        final byte[] state = saved();
        for (int round = 0; round < 3000; round++) {
            final byte[] damaged = state.clone();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                rtc.load(new StateReader(damaged));
            } catch (final StateException e) {
                continue;
            }
            for (int i = 0; i < 20; i++) {
                pass(random.nextLong(SECOND));
                get(random.nextInt(14));
            }
        }
        assertThrows(StateException.class, () -> rtc.load(new StateReader(Arrays.copyOf(state, 40))));
    }

    private byte[] saved() {
        final StateWriter out = new StateWriter();
        rtc.save(out);
        return out.toBytes();
    }
}
