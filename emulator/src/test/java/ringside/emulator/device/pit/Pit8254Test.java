package ringside.emulator.device.pit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.timing.CycleClock;
import ringside.emulator.timing.TickRate;

/** Intel 8254 data sheet (231164), one rule a test; the clock has a thousand cycles a tick. */
class Pit8254Test {
    private static final long CYCLES = 1000;
    private static final long HZ = Pit8254.HZ * CYCLES;
    private static final int CONTROL = 3;
    private static final int SPEAKER = 2;
    private static final int OUTPUT = 1 << 5;

    private long now;
    private final CycleClock clock = new CycleClock(() -> now, () -> { });
    private final List<Long> rises = new ArrayList<>();
    private boolean line;
    private final Pit8254 pit = new Pit8254(level -> {
        if (level && !line) {
            rises.add(now / CYCLES);
        }
        line = level;
    }, clock, HZ);

    private void passTo(final long tick) {
        while (clock.next() <= tick * CYCLES) {
            now = clock.next();
            clock.fireDue();
        }
        now = tick * CYCLES;
    }

    private void program(final int counter, final int mode, final int count) {
        pit.write(CONTROL, 1, counter << 6 | 0x30 | mode << 1);
        pit.write(counter, 1, count & 0xFF);
        pit.write(counter, 1, count >> 8);
    }

    private int count(final int counter) {
        pit.write(CONTROL, 1, counter << 6);
        return (int) (pit.read(counter, 1) | pit.read(counter, 1) << 8);
    }

    private boolean output(final int counter) {
        pit.write(CONTROL, 1, 0xE0 | 2 << counter);
        return (pit.read(counter, 1) & 0x80) != 0;
    }

    private void gate(final boolean level) {
        pit.systemControl().write(0, 1, level ? 1 : 0);
    }

    @Test
    void firmwareLeavesItTicking() {
        passTo(3 * 65536 + 10);
        assertEquals(List.of(65537L, 131073L, 196609L), rises);
    }

    @Test
    void rateGeneratorRisesOnceAPeriodAndIsLowOneTick() {
        program(0, 2, 100);
        passTo(350);
        assertEquals(List.of(101L, 201L, 301L), rises);
        passTo(399);
        assertTrue(output(0));
        passTo(400);
        assertFalse(output(0));
        assertEquals(1, count(0));
        passTo(401);
        assertTrue(output(0));
        assertEquals(100, count(0));
    }

    @Test
    void squareWaveIsHighForTheLongerHalf() {
        program(0, 3, 5);
        final StringBuilder wave = new StringBuilder();
        for (int tick = 1; tick <= 10; tick++) {
            passTo(tick);
            wave.append(output(0) ? '1' : '0');
        }
        assertEquals("1110011100", wave.toString());
        assertEquals(List.of(6L), rises);
    }

    @Test
    void terminalCountRisesOnceAndCountsOn() {
        program(0, 0, 100);
        passTo(50);
        assertFalse(output(0));
        assertEquals(51, count(0));
        passTo(100);
        assertFalse(output(0));
        passTo(102);
        assertTrue(output(0));
        assertEquals(0xFFFF, count(0));
        passTo(70_000);
        assertEquals(List.of(101L), rises);
    }

    @Test
    void strobeIsLowForOneTickAtTheEnd() {
        program(0, 4, 10);
        final StringBuilder wave = new StringBuilder();
        for (int tick = 9; tick <= 13; tick++) {
            passTo(tick);
            wave.append(output(0) ? '1' : '0');
        }
        assertEquals("11011", wave.toString());
        assertEquals(List.of(12L), rises);
    }

    @Test
    void latchHoldsTheCountUntilItIsRead() {
        program(0, 2, 1000);
        passTo(101);
        pit.write(CONTROL, 1, 0);
        passTo(500);
        pit.write(CONTROL, 1, 0);
        assertEquals(900, pit.read(0, 1) | pit.read(0, 1) << 8, "the second latch changes nothing");
        assertEquals(501, pit.read(0, 1) | pit.read(0, 1) << 8, "unlatched");
    }

    @Test
    void readBackLatchesStatusBeforeCount() {
        program(0, 2, 1000);
        pit.write(CONTROL, 1, 0xE2);
        assertEquals(0x80 | 0x40 | 0x34, pit.read(0, 1), "the count is not in the counter yet");
        passTo(1);
        pit.write(CONTROL, 1, 0xC2);
        passTo(100);
        assertEquals(0x80 | 0x34, pit.read(0, 1));
        assertEquals(1000, pit.read(0, 1) | pit.read(0, 1) << 8);
    }

    @Test
    void newCountOfARateGeneratorBeginsWithTheNextPeriod() {
        program(0, 2, 100);
        passTo(150);
        pit.write(0, 1, 50);
        pit.write(0, 1, 0);
        assertEquals(51, count(0));
        passTo(310);
        assertEquals(List.of(101L, 201L, 251L, 301L), rises);
    }

    @Test
    void firstByteOfATerminalCountStopsIt() {
        program(0, 0, 100);
        passTo(50);
        pit.write(0, 1, 10);
        passTo(200);
        assertEquals(List.of(), rises);
        pit.write(0, 1, 0);
        passTo(300);
        assertEquals(List.of(211L), rises);
    }

    @Test
    void oneByteModesReadAndWriteThatByte() {
        pit.write(CONTROL, 1, 0x10);
        pit.write(0, 1, 20);
        passTo(5);
        assertEquals(16, pit.read(0, 1));
        pit.write(CONTROL, 1, 0x24);
        pit.write(0, 1, 2);
        passTo(6);
        assertEquals(2, pit.read(0, 1));
        assertEquals(5 + 1 + 512, clock.next() / CYCLES);
    }

    @Test
    void countOf0IsTheWholeRangeBinaryAndDecimal() {
        program(0, 2, 0);
        assertEquals(65537, clock.next() / CYCLES);
        pit.write(CONTROL, 1, 0x35);
        pit.write(0, 1, 0);
        pit.write(0, 1, 0);
        assertEquals(10_001, clock.next() / CYCLES);
    }

    @Test
    void decimalCountsAreDecimal() {
        pit.write(CONTROL, 1, 0x31);
        pit.write(0, 1, 0x34);
        pit.write(0, 1, 0x12);
        passTo(36);
        assertEquals(0x1199, count(0));
        assertEquals(1235, clock.next() / CYCLES);
    }

    @Test
    void gateStopsAndResumesTheSpeakersTerminalCount() {
        program(SPEAKER, 0, 100);
        passTo(50);
        assertEquals(100, count(SPEAKER), "the gate is closed after reset");
        gate(true);
        passTo(80);
        assertEquals(70, count(SPEAKER));
        gate(false);
        passTo(500);
        assertEquals(70, count(SPEAKER));
        gate(true);
        passTo(569);
        assertEquals(0, pit.systemControl().read(0, 1) & OUTPUT);
        passTo(570);
        assertEquals(OUTPUT, pit.systemControl().read(0, 1) & OUTPUT);
    }

    @Test
    void gateRestartsARateGeneratorAndHoldsItsOutputHigh() {
        gate(true);
        program(SPEAKER, 2, 100);
        passTo(100);
        assertFalse(output(SPEAKER));
        gate(false);
        assertTrue(output(SPEAKER));
        passTo(130);
        gate(true);
        passTo(131);
        assertEquals(100, count(SPEAKER));
    }

    @Test
    void gateTriggersAOneShot() {
        program(SPEAKER, 1, 10);
        assertTrue(output(SPEAKER));
        passTo(20);
        assertTrue(output(SPEAKER), "not triggered");
        gate(true);
        passTo(21);
        assertFalse(output(SPEAKER));
        passTo(30);
        assertFalse(output(SPEAKER));
        passTo(31);
        assertTrue(output(SPEAKER));
    }

    @Test
    void refreshBitChangesEvery15Microseconds() {
        final long before = pit.systemControl().read(0, 1) & 0x10;
        passTo(17);
        assertEquals(before, pit.systemControl().read(0, 1) & 0x10);
        passTo(18);
        assertEquals(before ^ 0x10, pit.systemControl().read(0, 1) & 0x10);
    }

    @Test
    void ticksNeverDriftFromTheClock() {
        final TickRate rate = new TickRate(Pit8254.HZ, 1_000_000_000);
        assertEquals(Pit8254.HZ * 3600, rate.ticks(3_600_000_000_000L));
        for (long tick = 0; tick < 5_000_000_000L; tick += 99_999_989) {
            assertEquals(tick, rate.ticks(rate.cycle(tick)));
            assertTrue(tick == 0 || rate.ticks(rate.cycle(tick) - 1) == tick - 1);
        }
    }

    @Test
    void stateGoesToAnother() {
        program(0, 2, 100);
        program(SPEAKER, 0, 1000);
        gate(true);
        passTo(150);
        final StateWriter out = new StateWriter();
        pit.save(out);
        final CycleClock otherClock = new CycleClock(() -> now, () -> { });
        final Pit8254 copy = new Pit8254(level -> { }, otherClock, HZ);
        copy.load(new StateReader(out.toBytes()));
        assertEquals(clock.next(), otherClock.next());
        copy.write(CONTROL, 1, 0x80);
        assertEquals(count(SPEAKER), copy.read(SPEAKER, 1) | copy.read(SPEAKER, 1) << 8);
        assertEquals(pit.systemControl().read(0, 1), copy.systemControl().read(0, 1));
    }

    @Test
    void theViewShowsEachCounterAsItCanBeReadAndChangesNothing() {
        program(0, 2, 100);
        pit.write(CONTROL, 1, 1 << 6 | 0x10 | 3 << 1);
        pit.write(1, 1, 18);
        passTo(30);
        program(0, 2, 60);
        program(SPEAKER, 1, 500);
        gate(true);
        passTo(40);
        pit.write(CONTROL, 1, 0x30 | 2 << 1 | 1);
        pit.write(0, 1, 0x34);
        pit.write(0, 1, 0x12);
        passTo(141);
        final byte[] before = saved();
        final PitState state = pit.state();
        assertArrayEquals(before, saved(), "who looks takes up no count");
        assertEquals(new PitState.One(2, 3, true, true, 1234 - 100, 1234, true, true), state.counters().getFirst());
        assertEquals(0x1134, count(0));
        assertEquals(new PitState.One(3, 1, false, true, 8, 18, true, false), state.counters().get(1));
        assertEquals(8, (int) pit.read(1, 1));
        assertEquals(500 - 110, state.counters().get(SPEAKER).count());
        assertEquals(count(SPEAKER), state.counters().get(SPEAKER).count());
        assertEquals(output(SPEAKER), state.counters().get(SPEAKER).output());
        assertEquals((40 + 1 + 1234) * CYCLES, state.nextRise());

        program(1, 2, 200);
        program(1, 2, 200);
        pit.write(1, 1, 70);
        pit.write(1, 1, 0);
        passTo(400);
        final byte[] waits = saved();
        assertEquals(70, pit.state().counters().get(1).reload());
        assertTrue(pit.state().counters().get(1).count() <= 70, "it counts from the new one, which a look finds");
        assertArrayEquals(waits, saved(), "and does not take up");
    }

    private byte[] saved() {
        final StateWriter out = new StateWriter();
        pit.save(out);
        return out.toBytes();
    }
}
