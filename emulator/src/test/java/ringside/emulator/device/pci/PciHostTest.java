package ringside.emulator.device.pci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.emulator.bus.AddressBus;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.DirectMemory;
import ringside.emulator.bus.pci.BaseAddress;
import ringside.emulator.bus.pci.PciFunction;
import ringside.emulator.bus.pci.PciIdentity;
import ringside.emulator.bus.pci.PciWindow;
import ringside.emulator.bus.pci.PciWindows;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** PCI Local Bus Specification 3.0, one rule a test, through configuration mechanism 1. */
class PciHostTest {
    private static final int DEVICE = 3;
    private static final int COMMAND = 0x04;
    private static final int BAR0 = 0x10;
    private static final int BAR4 = 0x20;
    private static final int PORTS_SIZE = 0x80;
    private static final int MEMORY_SIZE = 0x4000;

    private final AddressBus ports = new AddressBus();
    private final AddressBus memory = new AddressBus();
    private final List<String> lines = new ArrayList<>();
    private final PciFunction function = function("port", "memory");
    private final PciHost host = new PciHost(new Windows(), new Register("beside"), 10,
            line -> level -> lines.add(line + " " + level));

    /** The address spaces of a machine. */
    private final class Windows implements PciWindows {
        @Override
        public boolean open(final PciWindow window) {
            return (window.ports() ? ports : memory).offer(window.base(), window.size(), window.device());
        }

        @Override
        public void close(final PciWindow window) {
            (window.ports() ? ports : memory).remove(window.base());
        }
    }

    /** Answers the sum of its name and the offset, so that a test sees who answered. */
    private record Register(String name) implements BusDevice {
        @Override
        public long read(final int offset, final int size) {
            return name.length() + offset;
        }

        @Override
        public void write(final int offset, final int size, final long value) {
            throw new AssertionError("not written: " + name);
        }
    }

    private static PciFunction function(final String ports, final String memory) {
        final PciFunction made = new PciFunction(new PciIdentity(0x1AF4, 0x1001, 0x01_0000, 7, 0x1AF4, 2));
        made.baseAddress(0, new BaseAddress(BaseAddress.Kind.PORTS, PORTS_SIZE, new Register(ports)));
        made.baseAddress(4, new BaseAddress(BaseAddress.Kind.MEMORY_64, MEMORY_SIZE, new Register(memory)));
        return made;
    }

    @BeforeEach
    void plugIn() {
        ports.map(0xCF8, 8, host);
        ports.map(0x3F8, 8, new Register("uart"));
        host.add(DEVICE, function, 0xC000, 0xF000_0000L);
    }

    private void select(final int device, final int register) {
        ports.write(0xCF8, 4, 0x8000_0000L | device << 11 | register & 0xFC);
    }

    private long get(final int register, final int size) {
        return get(DEVICE, register, size);
    }

    private long get(final int device, final int register, final int size) {
        select(device, register);
        return ports.read(0xCFC + (register & 3), size);
    }

    private void put(final int register, final int size, final long value) {
        select(DEVICE, register);
        ports.write(0xCFC + (register & 3), size, value);
    }

    @Test
    void bridgesAndDeviceSayWhoTheyAre() {
        assertEquals(0x1237_8086L, get(0, 0, 4));
        assertEquals(0x0600, get(0, 0x0A, 2));
        assertEquals(0x7000_8086L, get(1, 0, 4));
        assertEquals(0x0601, get(1, 0x0A, 2));
        assertEquals(0x0B0B_0A0AL, get(1, 0x60, 4), "where the interrupt pins are wired to");
        assertEquals(0x1001_1AF4L, get(0, 4));
        assertEquals(0x07, get(0x08, 1));
        assertEquals(0x01_0000, get(0x08, 4) >> 8);
        assertEquals(0x0002_1AF4L, get(0x2C, 4));
        assertEquals(0, get(0x0E, 1), "header of type 0, one function");
    }

    @Test
    void nobodyAnswersWithAllOnes() {
        assertEquals(0xFFFF_FFFFL, get(4, 0, 4), "no device");
        ports.write(0xCF8, 4, 0x8001_0000L | DEVICE << 11);
        assertEquals(0xFFFF, ports.read(0xCFC, 2), "no bus 1");
        ports.write(0xCF8, 4, 0x8000_0100L | DEVICE << 11);
        assertEquals(0xFF, ports.read(0xCFC, 1), "no function 1");
        ports.write(0xCF8, 4, DEVICE << 11);
        assertEquals(0xFFFF_FFFFL, ports.read(0xCFC, 4), "not enabled");
    }

    @Test
    void addressRegisterIsFourBytesWideAndHasANeighbour() {
        ports.write(0xCF8, 4, 0xFFFF_FFFFL);
        assertEquals(0x80FF_FFFCL, ports.read(0xCF8, 4));
        assertEquals("beside".length(), ports.read(0xCF9, 1), "another chip's");
        ports.write(0xCF8, 1, 0);
        ports.write(0xCF8, 2, 0);
        assertEquals(0x80FF_FFFCL, ports.read(0xCF8, 4));
        assertEquals(0xFF, ports.read(0xCF8, 1));
    }

    @Test
    void dataIsReadAndWrittenAtAnyWidthAndPlace() {
        assertEquals(0x10, get(0x03, 1));
        assertEquals(0x1001, get(0x02, 2));
        put(0x3C, 1, 0x5A);
        assertEquals(0x5A, get(0x3C, 1));
        assertEquals(0x015A, get(0x3C, 2), "the pin is INTA# and not written");
        put(0x3C, 4, 0xFFFF_FFFFL);
        assertEquals(0x01FF, get(0x3C, 4));
        put(0, 4, 0);
        assertEquals(0x1001_1AF4L, get(0, 4), "who it is cannot be written");
        put(COMMAND, 2, 0xFFFF);
        assertEquals(0x0547, get(COMMAND, 2));
    }

    @Test
    void firmwareHasOpenedTheWindows() {
        assertEquals(0xC001, get(BAR0, 4));
        assertEquals(0xF000_000CL, get(BAR4, 4));
        assertEquals(0x0103, get(COMMAND, 2));
        assertEquals(10 + 1, get(0x3C, 1), "device 3's INTA# is PIRQ C");
        assertEquals("port".length() + 5, ports.read(0xC005, 1));
        assertEquals("memory".length() + 0x3FF8, memory.read(0xF000_3FF8L, 8));
        assertEquals(0xFF, ports.read(0xC000 + PORTS_SIZE, 1));
    }

    @Test
    void sizeIsWhatCanBeWritten() {
        put(BAR0, 4, 0xFFFF_FFFFL);
        assertEquals(0xFFFF_FF81L, get(BAR0, 4));
        put(BAR4, 4, 0xFFFF_FFFFL);
        put(BAR4 + 4, 4, 0xFFFF_FFFFL);
        assertEquals(0xFFFF_C00CL, get(BAR4, 4));
        assertEquals(0xFFFF_FFFFL, get(BAR4 + 4, 4));
        put(0x14, 4, 0xFFFF_FFFFL);
        assertEquals(0, get(0x14, 4), "no such window");
        assertEquals(0xFFFF_FFFFL, memory.read(0xF000_0000L, 4), "nothing is left where it was");
    }

    @Test
    void windowMovesWithItsRegister() {
        put(BAR4, 4, 0x1234_4000);
        put(BAR4 + 4, 4, 0x12);
        assertEquals("memory".length() + 4, memory.read(0x12_1234_4004L, 4));
        assertEquals(0xFFFF_FFFFL, memory.read(0xF000_0004L, 4));
        put(BAR0, 2, 0xD001);
        assertEquals("port".length(), ports.read(0xD000, 1));
    }

    @Test
    void commandRegisterOpensAndCloses() {
        put(COMMAND, 2, 0x0001);
        assertEquals(0xFFFF_FFFFL, memory.read(0xF000_0000L, 4));
        assertEquals("port".length(), ports.read(0xC000, 1));
        put(COMMAND, 2, 0x0002);
        assertEquals("memory".length(), memory.read(0xF000_0000L, 4));
        assertEquals(0xFF, ports.read(0xC000, 1));
    }

    @Test
    void windowOverAnotherDeviceStaysClosedUntilItIsMovedAway() {
        put(BAR0, 4, 0x0380);
        assertEquals("uart".length(), ports.read(0x3F8, 1));
        assertEquals(0xFF, ports.read(0x380, 1));
        put(BAR0, 4, 0x0C80);
        assertEquals(0xFF, ports.read(0xC80, 1), "over the ports of configuration");
        put(BAR0, 4, 0xE000);
        assertEquals("port".length(), ports.read(0xE000, 1));
    }

    @Test
    void laterWindowTakesAPlaceThatAnEarlierLeft() {
        host.add(5, function("second", "second"), 0xC100, 0xF010_0000L);
        select(5, BAR0);
        ports.write(0xCFC, 4, 0xC000);
        assertEquals("port".length(), ports.read(0xC000, 1), "first come, first served");
        put(BAR0, 4, 0xE000);
        assertEquals("second".length(), ports.read(0xC000, 1));
    }

    @Test
    void interruptPinIsWiredAndDisabledByTheCommandRegister() {
        lines.clear();
        function.interrupt().set(true);
        assertEquals("11 true", lines.getLast());
        assertEquals(0x0008, get(0x06, 2), "the status shows it");
        put(COMMAND, 2, 0x0403);
        assertEquals("11 false", lines.getLast());
        assertEquals(0x0008, get(0x06, 2), "and still shows it");
        put(COMMAND, 2, 0x0003);
        assertEquals("11 true", lines.getLast());
        function.interrupt().set(false);
        assertEquals("11 false", lines.getLast());
    }

    @Test
    void pinsAreWiredByTheDevicesNumber() {
        final int[] expected = {10, 11, 11, 10, 10, 11};
        for (int device = 2; device < 8; device++) {
            assertEquals(expected[device - 2], host.line(device), "device=" + device);
        }
    }

    @Test
    void memoryIsReachedOnlyWithBusMastering() {
        final DirectMemory all = new DirectMemory() {
            @Override
            public boolean read(final long physical, final byte[] into, final int offset, final int length) {
                return true;
            }

            @Override
            public boolean write(final long physical, final byte[] from, final int offset, final int length) {
                return true;
            }
        };
        final DirectMemory gated = function.master(all);
        assertFalse(gated.read(0, new byte[1], 0, 1));
        put(COMMAND, 2, 4);
        assertTrue(gated.read(0, new byte[1], 0, 1));
        assertTrue(gated.write(0, new byte[1], 0, 1));
        put(COMMAND, 2, 0);
        assertFalse(gated.write(0, new byte[1], 0, 1));
        function.allowMaster();
        assertTrue(gated.write(0, new byte[1], 0, 1));
    }

    @Test
    void capabilitiesAreAListOfRegisters() {
        final byte[] body = new byte[18];
        final BusDevice registers = new BusDevice() {
            @Override
            public long read(final int offset, final int size) {
                long value = 0;
                for (int i = 0; i < size; i++) {
                    value |= (body[offset + i] & 0xFFL) << 8 * i;
                }
                return value;
            }

            @Override
            public void write(final int offset, final int size, final long value) {
                body[offset] = (byte) (value + size);
            }
        };
        function.capability(0x09, 18, registers);
        function.capability(0x11, 12, registers);
        assertEquals(0x10, get(0x06, 2), "the status says that there is a list");
        assertEquals(0x40, get(0x34, 1));
        assertEquals(0x5409, get(0x40, 2));
        assertEquals(0x0011, get(0x54, 2), "aligned, and the last");
        body[2] = 7;
        assertEquals(0x0007_5409L, get(0x40, 4));
        put(0x42, 1, 9);
        assertEquals(10, body[2]);
        put(0x44, 4, 1);
        assertEquals(5, body[4], "registers behind the first four bytes see the whole access");
        put(0x40, 4, 0xFFFF_FFFFL);
        assertEquals(0x5409, get(0x40, 2));
    }

    @Test
    void anyWritesLeaveAWorkingBus() {
        final Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            ports.write(0xCF8, 4, 0x8000_0000L | random.nextInt(6) << 11 | random.nextInt(64) << 2);
            final int size = 1 << random.nextInt(3);
            ports.write(0xCFC + random.nextInt(4 / size) * size, size, random.nextLong() & -(1L << random.nextInt(32)));
        }
        put(BAR0, 4, 0xC000);
        put(COMMAND, 2, 1);
        assertEquals("port".length(), ports.read(0xC000, 1));
    }

    @Test
    void savedBusOpensTheSameWindows() {
        put(BAR0, 4, 0xD000);
        put(COMMAND, 2, 0x0405);
        function.interrupt().set(true);
        final byte[] state = saved();
        put(BAR0, 4, 0xE000);
        put(COMMAND, 2, 0);
        function.interrupt().set(false);
        host.load(new StateReader(state));
        assertArrayEquals(state, saved());
        assertEquals("port".length(), ports.read(0xD000, 1));
        assertEquals(0xFF, ports.read(0xE000, 1));
        assertEquals(8, get(0x06, 2));
    }

    private byte[] saved() {
        final StateWriter out = new StateWriter();
        host.save(out);
        return out.toBytes();
    }
}
