package ringside.emulator.device.power;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.emulator.bus.AddressBus;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.timing.CycleClock;

/** ACPI's fixed hardware, one rule a test (ACPI specification 4.8.3). */
class PowerManagementTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int STATUS = 0;
    private static final int ENABLE = 2;
    private static final int CONTROL = 4;
    private static final int TIMER = 8;

    private long now;
    private int offs;
    private boolean interrupt;
    private final CycleClock clock = new CycleClock(() -> now, () -> { });
    private final PowerManagement power = new PowerManagement(level -> interrupt = level, clock, SECOND, () -> offs++);

    private long read(final int register, final int size) {
        return at(power).read(register, size);
    }

    private static AddressBus at(final PowerManagement block) {
        final AddressBus ports = new AddressBus();
        ports.map(0, 16, block);
        return ports;
    }

    @Test
    void timerCounts3579545TimesASecondInTwentyFourBits() {
        final Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            now += random.nextLong(100 * SECOND);
            final long ticks = BigInteger.valueOf(now).multiply(BigInteger.valueOf(3_579_545))
                    .divide(BigInteger.valueOf(SECOND)).longValueExact();
            assertEquals(ticks & 0xFF_FFFF, read(TIMER, 4));
        }
    }

    @Test
    void timerEventIsAChangeOfItsTopBit() {
        now = 2 * SECOND;
        assertEquals(0, read(STATUS, 2));
        now = 3 * SECOND;
        assertEquals(1, read(STATUS, 2), "bit 23 changes every 2.34 seconds");
        power.write(STATUS, 2, 1);
        assertEquals(0, read(STATUS, 2), "writing a one clears it");
        assertEquals(CycleClock.NEVER, clock.next(), "nobody wants an interrupt");
    }

    @Test
    void timerInterruptsWhenEnabledUntilItIsCleared() {
        power.write(ENABLE, 2, 1);
        final long carry = clock.next();
        now = carry - 1;
        assertEquals(0x7F_FFFF, read(TIMER, 4));
        clock.fireDue();
        assertFalse(interrupt);
        now = carry;
        clock.fireDue();
        assertTrue(interrupt);
        assertEquals(0x80_0000, read(TIMER, 4));
        assertEquals(CycleClock.NEVER, clock.next());
        power.write(STATUS, 2, 1);
        assertFalse(interrupt);
        assertTrue(clock.next() > carry);
    }

    @Test
    void sleepTypeOfSoftOffSwitchesOff() {
        power.write(CONTROL, 2, 0x2000);
        assertEquals(1, offs, "what a kernel writes that knows QEMU");
        power.write(CONTROL, 2, 0x3401);
        assertEquals(2, offs, "type 5");
        power.write(CONTROL, 2, 0x2400);
        power.write(CONTROL, 2, 0x1400);
        assertEquals(2, offs, "no other state; and no sleep without its bit");
        assertEquals(0x1401, read(CONTROL, 2), "ACPI mode is on, SLP_EN reads as zero");
    }

    @Test
    void onlyDefinedEnableBitsAreKept() {
        power.write(ENABLE, 2, 0xFFFF);
        assertEquals(0x0721, read(ENABLE, 2));
        power.write(ENABLE + 1, 1, 0);
        assertEquals(0x21, read(ENABLE, 2));
    }

    @Test
    void registersAreReadAtAnyWidthAndPlace() {
        power.write(ENABLE, 2, 0x0100);
        power.write(CONTROL, 2, 0x0400);
        now = SECOND;
        assertEquals(0x0100_0000L, read(STATUS, 4));
        assertEquals(0x01, read(ENABLE + 1, 1));
        assertEquals(0x0401, read(CONTROL, 4));
        assertEquals(3_579_545 >> 8, read(TIMER + 1, 2));
        assertEquals(0, read(12, 4));
    }

    @Test
    void savedBlockGoesOnAsTheOriginal() {
        final Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            power.write(random.nextInt(16), 1, random.nextInt(256) & 0xDF);
            now += random.nextLong(SECOND);
            clock.fireDue();
            final CycleClock otherClock = new CycleClock(() -> now, () -> { });
            final PowerManagement other = new PowerManagement(level -> { }, otherClock, SECOND, () -> { });
            final StateWriter out = new StateWriter();
            power.save(out);
            other.load(new StateReader(out.toBytes()));
            assertEquals(clock.next(), otherClock.next());
            now += random.nextLong(3 * SECOND);
            assertEquals(read(STATUS, 4), at(other).read(STATUS, 4));
            assertEquals(read(CONTROL, 4), at(other).read(CONTROL, 4));
            final StateWriter first = new StateWriter();
            final StateWriter second = new StateWriter();
            clock.fireDue();
            otherClock.fireDue();
            power.save(first);
            other.save(second);
            assertArrayEquals(first.toBytes(), second.toBytes());
        }
    }
}
