package ringside.emulator.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AddressBusTest {
    private final AddressBus bus = new AddressBus();

    private record Echo(int tag) implements BusDevice {
        @Override
        public long read(final int offset, final int size) {
            return (long) tag << Byte.SIZE | offset;
        }

        @Override
        public void write(final int offset, final int size, final long value) {
        }
    }

    @Test
    void deviceHearsOffsetsAndNeverAddresses() {
        bus.map(0x3F8, 8, new Echo(1));
        assertEquals(0x05, bus.read(0x3FD, 1));
        assertEquals(0x105, bus.read(0x3FD, 2));
    }

    @Test
    void accessThatLeavesADeviceIsNobodysAndReadsAllOnes() {
        bus.map(0x3F8, 8, new Echo(1));
        assertEquals(0xFFFF, bus.read(0x3FF, 2));
        assertEquals(0xFF, bus.read(0x3F7, 1));
        assertEquals(-1, bus.read(0x400, 8));
    }

    @Test
    void rangesMayTouchAndMustNotOverlap() {
        bus.map(0x10, 0x10, new Echo(1));
        bus.map(0x20, 0x10, new Echo(2));
        bus.map(0x08, 0x08, new Echo(3));
        assertThrows(IllegalArgumentException.class, () -> bus.map(0x2F, 2, new Echo(4)));
        assertThrows(IllegalArgumentException.class, () -> bus.map(0, 0x100, new Echo(4)));
        assertThrows(IllegalArgumentException.class, () -> bus.map(0x15, 1, new Echo(4)));
        assertThrows(IllegalArgumentException.class, () -> bus.map(0x40, 0, new Echo(4)));
    }
}
