package ringside.emulator.device.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import ringside.emulator.bus.pci.PciFunction;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.timing.CycleClock;

/** A well-behaved driver and its disk (Virtual I/O Device 1.1), one rule a test. */
class VirtioBlockTest {
    private static final int SECTORS = 64;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int FLUSH = 4;
    private static final int IDENTIFY = 8;

    private final MemoryDisk disk = new MemoryDisk(pattern());
    private final Driver driver = new Driver(disk).start(Driver.VERSION_1);

    private static byte[] pattern() {
        final byte[] bytes = new byte[SECTORS * 512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7 + i / 512);
        }
        return bytes;
    }

    private byte[] memory(final long from, final int length) {
        final byte[] bytes = new byte[length];
        driver.read(from, bytes, 0, length);
        return bytes;
    }

    @Test
    void capabilitiesSayWhereTheStructuresAre() {
        final PciFunction function = driver.function;
        final StringBuilder found = new StringBuilder();
        long at = function.read(0x34, 1);
        while (at != 0) {
            final int offset = (int) at;
            assertEquals(9, function.read(offset, 1));
            found.append(function.read(offset + 3, 1)).append('@').append(function.read(offset + 4, 1)).append(':')
                    .append(Long.toHexString(function.read(offset + 8, 4))).append('+')
                    .append(Long.toHexString(function.read(offset + 12, 4))).append(' ');
            at = function.read(offset + 1, 1);
        }
        assertEquals("1@4:0+1000 3@4:1000+1000 4@4:2000+1000 2@4:3000+1000 5@0:0+0 ", found.toString());
        assertEquals(0x1001_1AF4L, function.read(0, 4));
    }

    @Test
    void configurationTellsCapacityAndLimits() {
        assertEquals(SECTORS, driver.registers.read(0x2000, 8));
        assertEquals(254, driver.registers.read(0x200C, 4));
        assertEquals(512, driver.registers.read(0x2014, 4));
        assertEquals(0, driver.registers.read(0x2018, 4));
        assertEquals(SECTORS, driver.ports.read(0x14, 4) & 0xFFFF_FFFFL);
    }

    @Test
    void sectorsAreReadAndWritten() {
        driver.request(READ, 3, 1024);
        assertEquals(0, driver.run());
        assertArrayEquals(Arrays.copyOfRange(pattern(), 3 * 512, 5 * 512), memory(Driver.DATA, 1024));
        assertEquals(1, driver.usedIndex());
        assertEquals(1025, driver.memory.getInt((int) Driver.USED + 8), "data and status were written");
        Arrays.fill(driver.memory.array(), (int) Driver.DATA, (int) Driver.DATA + 512, (byte) 0x5A);
        driver.request(WRITE, 63, 512);
        assertEquals(0, driver.run());
        final byte[] expected = pattern();
        Arrays.fill(expected, 63 * 512, 64 * 512, (byte) 0x5A);
        assertArrayEquals(expected, disk.content());
    }

    @Test
    void largeRequestMovesEveryByte() {
        final byte[] content = new byte[1600 * 512];
        new java.util.Random(1).nextBytes(content);
        final Driver other = new Driver(new MemoryDisk(content)).start(Driver.VERSION_1);
        other.request(READ, 7, 1500 * 512);
        assertEquals(0, other.run());
        final byte[] read = new byte[1500 * 512];
        other.read(Driver.DATA, read, 0, read.length);
        assertArrayEquals(Arrays.copyOfRange(content, 7 * 512, 1507 * 512), read);
    }

    @Test
    void requestIsDoneAtItsDeadlineAndNotBefore() {
        driver.request(READ, 0, 512);
        driver.now = 5;
        driver.offer(0);
        driver.kick();
        assertEquals(5 + Driver.LATENCY, driver.clock.next());
        driver.now = 4 + Driver.LATENCY;
        driver.clock.fireDue();
        assertEquals(0, driver.usedIndex());
        assertFalse(driver.interrupt);
        driver.now++;
        driver.clock.fireDue();
        assertEquals(1, driver.usedIndex());
        assertTrue(driver.interrupt);
        assertEquals(CycleClock.NEVER, driver.clock.next());
    }

    @Test
    void requestsAreDoneOneAfterTheOtherHoweverLateTheDeadlineIsTold() {
        driver.request(READ, 0, 512);
        driver.offer(0);
        driver.offer(0);
        driver.offer(0);
        driver.kick();
        driver.kick();
        driver.now = Driver.LATENCY + 77;
        driver.clock.fireDue();
        assertEquals(1, driver.usedIndex());
        assertEquals(2 * Driver.LATENCY + 512, driver.clock.next(), "a cycle a byte, then the next");
        assertEquals(2, driver.finish());
        assertEquals(3, driver.usedIndex());
    }

    @Test
    void interruptLastsUntilItsStatusIsRead() {
        driver.request(READ, 0, 512);
        driver.run();
        assertTrue(driver.interrupt);
        assertEquals(1, driver.registers.read(0x1000, 1));
        assertFalse(driver.interrupt);
        assertEquals(0, driver.registers.read(0x1000, 1));
    }

    @Test
    void driverThatWantsNoInterruptGetsNone() {
        driver.memory.putShort((int) Driver.AVAILABLE, (short) 1);
        driver.request(READ, 0, 512);
        assertEquals(0, driver.run());
        assertFalse(driver.interrupt);
    }

    @Test
    void eventIndexSaysWhenToInterruptAndWhenToNotify() {
        driver.start(Driver.VERSION_1 | 1 << 29);
        final int usedEvent = (int) Driver.AVAILABLE + 4 + 2 * Driver.QUEUE;
        final int availableEvent = (int) Driver.USED + 4 + 8 * Driver.QUEUE;
        driver.memory.putShort(usedEvent, (short) 1);
        driver.request(READ, 0, 512);
        driver.run();
        assertFalse(driver.interrupt, "the first was not asked for");
        assertEquals(1, driver.memory.getShort(availableEvent));
        driver.run();
        assertTrue(driver.interrupt, "the second was");
        assertEquals(2, driver.memory.getShort(availableEvent));
    }

    @Test
    void flushComesBackWhenTheDiskHasFlushed() {
        final int[] flushes = new int[1];
        final Driver other = new Driver(new Wrapped(disk) {
            @Override
            public void flush() {
                flushes[0]++;
            }
        }).start(Driver.VERSION_1);
        other.header(FLUSH, 0);
        other.descriptor(0, Driver.HEADER, 16, Driver.NEXT, 1);
        other.descriptor(1, Driver.STATUS, 1, Driver.WRITE, 0);
        assertEquals(0, other.run());
        assertEquals(1, flushes[0]);
    }

    @Test
    void failingDiskIsAnErrorThatTheGuestSees() {
        final Driver other = new Driver(new Wrapped(disk) {
            @Override
            public void read(final long sector, final byte[] into, final int length) throws IOException {
                throw new IOException("worn out");
            }
        }).start(Driver.VERSION_1);
        other.request(READ, 0, 512);
        assertEquals(1, other.run());
        assertEquals(0xF, other.status(), "and nothing else is wrong");
    }

    @Test
    void nameIsToldAndTheUnknownIsUnsupported() {
        driver.request(IDENTIFY, 0, 20);
        assertEquals(0, driver.run());
        assertEquals("test-disk", new String(memory(Driver.DATA, 9), StandardCharsets.US_ASCII));
        assertEquals(0, driver.memory.get((int) Driver.DATA + 9));
        for (final int type : new int[] {2, 3, 5, 11, 13, -1}) {
            driver.request(type, 0, 512);
            assertEquals(2, driver.run(), "type=" + type);
        }
    }

    @Test
    void framingIsTheDriversOwn() {
        driver.header(READ, 9);
        for (int i = 0; i < 2; i++) {
            driver.descriptor(i, Driver.HEADER + 8 * i, 8, Driver.NEXT, i + 1);
        }
        driver.descriptor(2, Driver.DATA, 100, Driver.NEXT | Driver.WRITE, 3);
        driver.descriptor(3, Driver.DATA + 100, 411, Driver.NEXT | Driver.WRITE, 4);
        driver.descriptor(4, Driver.DATA + 511, 2, Driver.WRITE, 0);
        driver.offer(0);
        driver.kick();
        driver.finish();
        assertArrayEquals(Arrays.copyOfRange(pattern(), 9 * 512, 10 * 512), memory(Driver.DATA, 512));
        assertEquals(0, driver.memory.get((int) Driver.DATA + 512), "the last byte is the status");
    }

    @Test
    void indirectTableStandsForAChain() {
        driver.header(READ, 1);
        final long table = 0x8000;
        driver.descriptor(table, 0, Driver.HEADER, 16, Driver.NEXT, 2);
        driver.descriptor(table, 2, Driver.DATA, 512, Driver.NEXT | Driver.WRITE, 1);
        driver.descriptor(table, 1, Driver.STATUS, 1, Driver.WRITE, 0);
        driver.descriptor(0, table, 48, Driver.INDIRECT, 0);
        assertEquals(0, driver.run());
        assertArrayEquals(Arrays.copyOfRange(pattern(), 512, 1024), memory(Driver.DATA, 512));
        driver.descriptor(table, 0, Driver.DATA, 512, Driver.NEXT | Driver.WRITE, 1);
        driver.header(READ, 2);
        driver.descriptor(0, Driver.HEADER, 16, Driver.NEXT, 1);
        driver.descriptor(1, table, 32, Driver.INDIRECT, 0);
        assertEquals(0, driver.run(), "behind descriptors of the queue, too");
        assertArrayEquals(Arrays.copyOfRange(pattern(), 1024, 1536), memory(Driver.DATA, 512));
    }

    @Test
    void featuresAreOfferedAndAgreedOn() {
        driver.status(0);
        driver.registers.write(0, 4, 0);
        assertEquals(0x3800_0244L, driver.registers.read(4, 4));
        driver.registers.write(0, 4, 1);
        assertEquals(1, driver.registers.read(4, 4));
        driver.registers.write(0, 4, 2);
        assertEquals(0, driver.registers.read(4, 4));
        driver.status(3);
        driver.negotiate(Driver.VERSION_1 | 1 << 10);
        driver.status(0xB);
        assertEquals(3, driver.status(), "a feature that is not there");
        driver.negotiate(1 << 9);
        driver.status(0xB);
        assertEquals(3, driver.status(), "not of version 1");
        driver.negotiate(Driver.VERSION_1 | 1 << 9);
        driver.status(0xB);
        assertEquals(0xB, driver.status());
        driver.negotiate(0);
        assertEquals(1, driver.registers.read(0x0C, 4), "what is agreed on stays");
    }

    @Test
    void queueTakesSizesThatArePowersOfTwo() {
        driver.status(0);
        assertEquals(256, driver.registers.read(0x18, 2));
        for (final int size : new int[] {0, 3, 257, 512, 0xFFFF}) {
            driver.registers.write(0x18, 2, size);
            assertEquals(256, driver.registers.read(0x18, 2), "size=" + size);
        }
        driver.registers.write(0x18, 2, 16);
        assertEquals(16, driver.registers.read(0x18, 2));
        driver.registers.write(0x30, 8, 0x1_2345_6780L);
        assertEquals(0x1_2345_6780L, driver.registers.read(0x30, 8));
        assertEquals(1, driver.registers.read(0x34, 4));
        driver.registers.write(0x16, 2, 1);
        assertEquals(0, driver.registers.read(0x18, 2), "there is one queue");
        assertEquals(1, driver.registers.read(0x12, 2));
    }

    @Test
    void notReadyDriverIsNotHeard() {
        driver.status(0);
        driver.status(3);
        driver.negotiate(Driver.VERSION_1);
        driver.status(0xB);
        driver.registers.write(0x1C, 2, 1);
        driver.kick();
        assertEquals(CycleClock.NEVER, driver.clock.next());
    }

    @Test
    void readOnlyDiskSaysSoAndRefusesWriting() {
        final Driver other = new Driver(new Wrapped(disk) {
            @Override
            public boolean readOnly() {
                return true;
            }
        }).start(Driver.VERSION_1);
        other.registers.write(0, 4, 0);
        assertEquals(1 << 5, other.registers.read(4, 4) & 1 << 5);
        other.request(WRITE, 0, 512);
        assertEquals(1, other.run());
        assertArrayEquals(pattern(), disk.content());
        other.request(READ, 0, 512);
        assertEquals(0, other.run());
    }

    @Test
    void whatIsNotOnTheDiskIsAnError() {
        final long[][] wrong = {{64, 512}, {63, 1024}, {-1, 512}, {Long.MIN_VALUE, 512}, {1L << 55, 512}, {0, 511},
            {0, 513}};
        for (final long[] place : wrong) {
            for (final int type : new int[] {READ, WRITE}) {
                driver.request(type, place[0], (int) place[1]);
                assertEquals(1, driver.run(), "sector=" + place[0] + " bytes=" + place[1]);
            }
        }
        assertArrayEquals(pattern(), disk.content());
        assertEquals(0xF, driver.status());
    }

    @Test
    void legacyDriverUsesPortsAndOneLayout() {
        driver.function.write(PciFunction.COMMAND, 2, 3);
        driver.ports.write(0x12, 1, 0);
        driver.ports.write(0x12, 1, 1);
        driver.ports.write(0x12, 1, 3);
        assertEquals(7, driver.function.read(PciFunction.COMMAND, 2), "it may forget to allow bus mastering");
        assertEquals(0x3800_0244L, driver.ports.read(0, 4));
        driver.ports.write(4, 4, 0);
        driver.ports.write(0x0E, 2, 0);
        assertEquals(256, driver.ports.read(0x0C, 2));
        final int page = 0x20;
        driver.ports.write(8, 4, page);
        assertEquals(page, driver.ports.read(8, 4));
        driver.ports.write(0x12, 1, 7);
        final int base = page * 4096;
        driver.header(READ, 5);
        driver.descriptor(base, 0, Driver.HEADER, 16, Driver.NEXT, 1);
        driver.descriptor(base, 1, Driver.DATA, 512, Driver.NEXT | Driver.WRITE, 2);
        driver.descriptor(base, 2, Driver.STATUS, 1, Driver.WRITE, 0);
        driver.memory.putShort(base + 4096 + 2, (short) 1);
        driver.ports.write(0x10, 2, 0);
        driver.finish();
        assertEquals(1, driver.memory.getShort(base + 8192 + 2));
        assertArrayEquals(Arrays.copyOfRange(pattern(), 5 * 512, 6 * 512), memory(Driver.DATA, 512));
        assertEquals(1, driver.ports.read(0x13, 1));
        assertFalse(driver.interrupt);
    }

    @Test
    void registersAreReachedThroughConfigurationSpace() {
        final PciFunction function = driver.function;
        int at = (int) function.read(0x34, 1);
        while (function.read(at + 3, 1) != 5) {
            at = (int) function.read(at + 1, 1);
        }
        function.write(at + 4, 1, 4);
        function.write(at + 8, 4, 0x14);
        function.write(at + 12, 4, 1);
        assertEquals(0xF, function.read(at + 16, 1));
        function.write(at + 16, 1, 0);
        assertEquals(0, driver.status(), "written, too");
        function.write(at + 8, 4, 0x2000);
        function.write(at + 12, 4, 4);
        assertEquals(SECTORS, function.read(at + 16, 4));
        function.write(at + 8, 4, 0x3FFE);
        assertEquals(0, function.read(at + 16, 4), "not aligned");
        function.write(at + 8, 4, -4);
        assertEquals(0, function.read(at + 16, 4), "outside");
    }

    @Test
    void savedDeviceFinishesWhatItBegan() {
        driver.request(READ, 3, 512);
        driver.offer(0);
        driver.kick();
        driver.now = 100;
        final StateWriter out = new StateWriter();
        driver.device.save(out);
        driver.function.save(out);
        final Driver other = new Driver(new MemoryDisk(disk.content()));
        final StateReader in = new StateReader(out.toBytes());
        other.device.load(in);
        other.function.load(in);
        in.end();
        other.memory.put(0, driver.memory.array());
        other.now = driver.now;
        assertEquals(driver.clock.next(), other.clock.next());
        driver.finish();
        other.finish();
        assertArrayEquals(driver.memory.array(), other.memory.array());
        assertEquals(driver.interrupt, other.interrupt);
        assertEquals(0xF, other.status());
    }

    /** A disk like another. */
    private static class Wrapped implements BlockBackend {
        private final BlockBackend other;

        Wrapped(final BlockBackend other) {
            this.other = other;
        }

        @Override
        public long sectors() {
            return other.sectors();
        }

        @Override
        public boolean readOnly() {
            return other.readOnly();
        }

        @Override
        public boolean restorable() {
            return other.restorable();
        }

        @Override
        public void read(final long sector, final byte[] into, final int length) throws IOException {
            other.read(sector, into, length);
        }

        @Override
        public void write(final long sector, final byte[] from, final int length) throws IOException {
            other.write(sector, from, length);
        }

        @Override
        public void flush() throws IOException {
            other.flush();
        }

        @Override
        public void save(final StateWriter out) {
            other.save(out);
        }

        @Override
        public void load(final StateReader in) {
            other.load(in);
        }
    }
}
