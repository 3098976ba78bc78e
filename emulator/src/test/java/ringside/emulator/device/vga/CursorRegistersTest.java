package ringside.emulator.device.vga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** A text console finds its cursor where it left it. */
class CursorRegistersTest {
    private final CursorRegisters registers = new CursorRegisters();

    @Test
    void cursorIsAtTheTopUntilItIsMoved() {
        registers.write(0, 1, 14);
        assertEquals(0, registers.read(1, 1));
        registers.write(1, 1, 7);
        registers.write(0, 2, 0xCF0F);
        assertEquals(0x0F, registers.read(0, 1));
        assertEquals(0xCF, registers.read(1, 1));
        registers.write(0, 1, 14);
        assertEquals(7, registers.read(1, 1));
    }

    @Test
    void registersThatAreNotThereReadAllOnes() {
        registers.write(0, 2, 0x1219);
        assertEquals(0xFF, registers.read(1, 1));
    }

    @Test
    void stateIsTakenUpAndNonsenseIsRefused() {
        registers.write(0, 2, 0x340E);
        final StateWriter out = new StateWriter();
        registers.save(out);
        final CursorRegisters other = new CursorRegisters();
        other.load(new StateReader(out.toBytes()));
        assertEquals(0x340E, other.read(0, 2));
        final byte[] wrong = new StateWriter().section("crt-controller").u8(0).bytes(new byte[3]).toBytes();
        assertThrows(StateException.class, () -> other.load(new StateReader(wrong)));
    }
}
