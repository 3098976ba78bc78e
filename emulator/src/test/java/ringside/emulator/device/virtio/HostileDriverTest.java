package ringside.emulator.device.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.pci.PciFunction;
import ringside.emulator.timing.CycleClock;

/** Whatever a driver does with its queue, the device asks for a reset or answers with an error, and goes on. */
class HostileDriverTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int ROUNDS = 3000 * FACTOR;
    private static final int NEEDS_RESET = 0x40;
    private static final long OUTSIDE = 1L << 40;

    private final MemoryDisk disk = new MemoryDisk(new byte[64 * 512]);
    private final Driver driver = new Driver(disk);

    /** Breaks one rule in an otherwise good request. */
    private interface Mistake {
        void make();
    }

    private void breaks(final Mistake mistake) {
        driver.start(Driver.VERSION_1);
        driver.request(0, 0, 512);
        driver.offer(0);
        mistake.make();
        driver.kick();
        driver.finish();
        assertEquals(NEEDS_RESET | 0xF, driver.status());
        assertEquals(2, driver.registers.read(0x1000, 1), "a configuration interrupt says so");
        driver.kick();
        assertEquals(CycleClock.NEVER, driver.clock.next(), "nothing happens until a reset");
        driver.start(Driver.VERSION_1);
        driver.request(0, 0, 512);
        assertEquals(0, driver.run(), "and then everything works");
    }

    @Test
    void indexesOutsideTheirTablesBreakTheQueue() {
        breaks(() -> driver.memory.putShort((int) Driver.AVAILABLE + 4, (short) Driver.QUEUE));
        breaks(() -> driver.memory.putShort((int) Driver.AVAILABLE + 4, (short) -1));
        breaks(() -> driver.descriptor(0, Driver.HEADER, 16, Driver.NEXT, Driver.QUEUE));
        breaks(() -> driver.descriptor(1, Driver.DATA, 512, Driver.NEXT | Driver.WRITE, 0xFFFF));
        breaks(() -> driver.memory.putShort((int) Driver.AVAILABLE + 2, (short) (Driver.QUEUE + 1)));
        breaks(() -> driver.memory.putShort((int) Driver.AVAILABLE + 2, (short) -1));
    }

    @Test
    void chainsWithoutAnEndBreakTheQueue() {
        breaks(() -> driver.descriptor(0, Driver.HEADER, 16, Driver.NEXT, 0));
        breaks(() -> driver.descriptor(2, Driver.STATUS, 1, Driver.NEXT | Driver.WRITE, 1));
    }

    @Test
    void buffersOfNothingAndInTheWrongOrderBreakTheQueue() {
        breaks(() -> driver.descriptor(1, Driver.DATA, 0, Driver.NEXT | Driver.WRITE, 2));
        breaks(() -> driver.descriptor(0, Driver.HEADER, 16, Driver.NEXT | Driver.WRITE, 1));
        breaks(() -> driver.descriptor(2, Driver.STATUS, 1, 0, 0));
    }

    @Test
    void requestsWithoutHeaderOrStatusBreakTheQueue() {
        breaks(() -> driver.descriptor(0, Driver.HEADER, 15, Driver.NEXT, 1));
        breaks(() -> driver.descriptor(0, Driver.HEADER, 16, 0, 0));
        breaks(() -> driver.descriptor(2, OUTSIDE, 1, Driver.WRITE, 0));
        breaks(() -> driver.descriptor(2, -1, 1, Driver.WRITE, 0));
    }

    @Test
    void indirectTablesThatAreNoneBreakTheQueue() {
        breaks(() -> driver.descriptor(0, 0x8000, 47, Driver.INDIRECT, 0));
        breaks(() -> driver.descriptor(0, 0x8000, 0, Driver.INDIRECT, 0));
        breaks(() -> driver.descriptor(0, 0x8000, -16, Driver.INDIRECT, 0));
        breaks(() -> driver.descriptor(0, OUTSIDE, 32, Driver.INDIRECT, 0));
        breaks(() -> driver.descriptor(0, 0x8000, 32, Driver.INDIRECT | Driver.NEXT, 1));
        breaks(() -> {
            driver.descriptor(0, 0x8000, 32, Driver.INDIRECT, 0);
            driver.descriptor(0x8000, 0, 0x8000, 32, Driver.INDIRECT, 0);
        });
    }

    @Test
    void ringsOutsideMemoryBreakTheQueue() {
        for (int area = 0; area < 3; area++) {
            driver.status(0);
            driver.status(3);
            driver.negotiate(Driver.VERSION_1);
            driver.status(0xB);
            driver.registers.write(0x18, 2, Driver.QUEUE);
            driver.registers.write(0x20, 8, area == 0 ? OUTSIDE : Driver.DESCRIPTORS);
            driver.registers.write(0x28, 8, area == 1 ? -8L : Driver.AVAILABLE);
            driver.registers.write(0x30, 8, area == 2 ? Driver.MEMORY - 8L : Driver.USED);
            driver.registers.write(0x1C, 2, 1);
            driver.status(0xF);
            driver.request(0, 0, 512);
            driver.memory.putShort((int) Driver.AVAILABLE + 2, (short) 1);
            driver.kick();
            driver.finish();
            assertEquals(NEEDS_RESET | 0xF, driver.status(), "area=" + area);
        }
    }

    @Test
    void deviceThatMayNotMasterTheBusAsksForAReset() {
        driver.start(Driver.VERSION_1);
        driver.request(0, 0, 512);
        driver.function.write(PciFunction.COMMAND, 2, 3);
        driver.offer(0);
        driver.kick();
        driver.finish();
        assertEquals(NEEDS_RESET | 0xF, driver.status());
    }

    @Test
    void dataOutsideMemoryIsAnErrorOfTheRequest() {
        for (final int type : new int[] {0, 1}) {
            for (final long address : new long[] {OUTSIDE, -512, Driver.MEMORY - 511L, Long.MAX_VALUE}) {
                driver.start(Driver.VERSION_1);
                driver.request(type, 0, 512);
                driver.descriptor(1, address, 512, Driver.NEXT | (type == 0 ? Driver.WRITE : 0), 2);
                assertEquals(1, driver.run(), "address=" + address);
                assertEquals(0xF, driver.status());
            }
        }
    }

    @Test
    void moreThanARequestMayMoveIsAnError() {
        driver.start(Driver.VERSION_1);
        driver.request(0, 0, 16 << 20);
        driver.descriptor(1, 0, (16 << 20) + 512, Driver.NEXT | Driver.WRITE, 2);
        assertEquals(1, driver.run());
        driver.descriptor(1, 0, -512, Driver.NEXT | Driver.WRITE, 2);
        assertEquals(1, driver.run());
    }

    @Test
    void deviceWritesItsAnswersWhereTheRequestIsAndGoesOn() {
        driver.start(Driver.VERSION_1);
        driver.request(0, 0, 512);
        driver.descriptor(1, Driver.DESCRIPTORS, 512, Driver.NEXT | Driver.WRITE, 2);
        driver.offer(0);
        driver.kick();
        assertTrue(driver.finish() < 10, "its own rings are data like any other");
    }

    @Test
    void ringThatIsAlwaysFullIsWorkedOffAtItsOwnPace() {
        driver.start(Driver.VERSION_1);
        driver.request(4, 0, 1);
        long before = driver.now;
        for (int i = 0; i < 500; i++) {
            driver.offer(0);
            driver.kick();
            driver.now = Math.max(driver.now, driver.clock.next());
            driver.clock.fireDue();
            assertTrue(driver.now >= before + Driver.LATENCY, "the guest's time passes with each");
            before = driver.now;
        }
        assertEquals(500, driver.usedIndex());
    }

    @Test
    @Tag("fuzz")
    void nonsenseInRingsAndRegistersEndsInAResetOrAnError() {
        final Random random = new Random(6 + FIRST);
        for (int round = 0; round < ROUNDS; round++) {
            driver.start(Driver.VERSION_1 | (random.nextBoolean() ? 1 << 29 : 0));
            driver.request(random.nextInt(2), 0, 512);
            for (int i = random.nextInt(6); i >= 0; i--) {
                final long table = random.nextInt(4) == 0 ? Driver.HEADER : Driver.DESCRIPTORS;
                driver.descriptor(table, random.nextInt(4), address(random), random.nextInt(4) == 0 ? random.nextInt()
                        : random.nextInt(2048), random.nextInt(8), random.nextInt(10));
            }
            driver.offer(random.nextInt(9));
            for (int i = random.nextInt(4); i > 0; i--) {
                final BusDevice window = random.nextBoolean() ? driver.registers : driver.ports;
                final int offset = random.nextInt(0x40) | (random.nextInt(8) == 0 ? 0x3000 : 0);
                window.write(offset, 1 << random.nextInt(4), random.nextLong());
                window.read(offset, 1 << random.nextInt(4));
            }
            driver.kick();
            assertTrue(driver.finish() <= Driver.QUEUE * 40, "work is bounded");
        }
        driver.start(Driver.VERSION_1);
        driver.request(0, 0, 512);
        assertEquals(0, driver.run());
        assertFalse((driver.status() & NEEDS_RESET) != 0);
    }

    private static long address(final Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Driver.HEADER + random.nextInt(64);
            case 1 -> Driver.DATA + random.nextInt(4096);
            case 2 -> Driver.DESCRIPTORS + random.nextInt(64);
            default -> random.nextLong();
        };
    }
}
