package ringside.emulator.device.ioapic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** Intel 82093AA data sheet, 3.2, one rule a test. */
class IoApicTest {
    private static final int SELECT = 0;
    private static final int WINDOW = 0x10;
    private static final int END = 0x40;
    private static final int LEVEL = 1 << 15;
    private static final int MASKED = 1 << 16;
    private static final int REMOTE_REQUEST = 1 << 14;

    private final List<String> sent = new ArrayList<>();
    private final IoApic ioApic = new IoApic(3, (destination, logical, mode, vector, level) -> sent.add(
            (logical ? "set " : "id ") + destination + " mode " + mode + " vector " + Integer.toHexString(vector)
            + (level ? " level" : "")));

    private void select(final int register) {
        ioApic.write(SELECT, Integer.BYTES, register);
    }

    private void write(final int register, final long value) {
        select(register);
        ioApic.write(WINDOW, Integer.BYTES, value);
    }

    private long read(final int register) {
        select(register);
        return ioApic.read(WINDOW, Integer.BYTES);
    }

    private void program(final int pin, final int destination, final int low) {
        write(0x11 + 2 * pin, (long) destination << 24);
        write(0x10 + 2 * pin, low);
    }

    private List<String> sent() {
        final List<String> copy = List.copyOf(sent);
        sent.clear();
        return copy;
    }

    @Test
    void identifiesItself() {
        assertEquals(3 << 24, read(0));
        assertEquals(0x0017_0020, read(1));
        assertEquals(3 << 24, read(2));
        write(0, 0xFFFF_FFFFL);
        assertEquals(0x0F00_0000, read(0));
        assertEquals(0x0F, ioApic.read(SELECT, Integer.BYTES) | 0x0F);
    }

    @Test
    void everyPinIsMaskedAfterReset() {
        for (int pin = 0; pin < IoApic.PINS; pin++) {
            assertEquals(MASKED, read(0x10 + 2 * pin));
            assertEquals(0, read(0x11 + 2 * pin));
            assertFalse(ioApic.listens(pin));
        }
        assertEquals(0, read(0x40), "no entry");
    }

    @Test
    void edgeIsSentAtEachRise() {
        program(4, 7, 0x31);
        assertTrue(ioApic.listens(4));
        ioApic.pin(4).set(true);
        ioApic.pin(4).set(true);
        assertEquals(List.of("id 7 mode 0 vector 31"), sent());
        ioApic.pin(4).set(false);
        ioApic.pin(4).set(true);
        assertEquals(1, sent().size());
    }

    @Test
    void modeAndLogicalDestinationAreTheMessages() {
        program(9, 0xF0, 0x0800 | 1 << 8 | 0x99);
        ioApic.pin(9).set(true);
        assertEquals(List.of("set 240 mode 1 vector 99"), sent());
    }

    @Test
    void edgeOnAMaskedPinIsLost() {
        program(4, 0, MASKED | 0x31);
        ioApic.pin(4).set(true);
        write(0x18, 0x31);
        assertEquals(List.of(), sent());
    }

    @Test
    void levelIsSentOnceAndAgainAfterItsEnd() {
        program(16, 1, LEVEL | 0x55);
        ioApic.pin(16).set(true);
        assertEquals(List.of("id 1 mode 0 vector 55 level"), sent());
        assertEquals(LEVEL | REMOTE_REQUEST | 0x55, read(0x30));
        ioApic.pin(16).set(false);
        ioApic.pin(16).set(true);
        assertEquals(List.of(), sent(), "nothing before the end");
        ioApic.end(0x54);
        assertEquals(List.of(), sent(), "another vector's end");
        ioApic.end(0x55);
        assertEquals(1, sent().size(), "still asserted");
        ioApic.pin(16).set(false);
        ioApic.end(0x55);
        assertEquals(List.of(), sent());
        assertEquals(LEVEL | 0x55, read(0x30));
    }

    @Test
    void levelOnAMaskedPinIsSentWhenUnmasked() {
        program(16, 1, MASKED | LEVEL | 0x55);
        ioApic.pin(16).set(true);
        assertEquals(List.of(), sent());
        write(0x30, LEVEL | 0x55);
        assertEquals(1, sent().size());
    }

    @Test
    void endRegisterEndsAVector() {
        program(16, 1, LEVEL | 0x55);
        ioApic.pin(16).set(true);
        ioApic.pin(16).set(false);
        ioApic.write(END, Integer.BYTES, 0x55);
        assertEquals(LEVEL | 0x55, read(0x30));
    }

    @Test
    void switchToEdgeForgetsThatAnEndIsAwaited() {
        program(16, 1, LEVEL | 0x55);
        ioApic.pin(16).set(true);
        write(0x30, 0x55);
        assertEquals(0x55, read(0x30));
    }

    @Test
    void readOnlyBitsAreNotWritten() {
        program(3, 0xFF, 0x7FFF_FFFF & ~MASKED & ~LEVEL);
        assertEquals(0x2FFF, read(0x16), "neither delivery status nor remote request nor what is reserved");
        assertEquals(0xFF00_0000L, read(0x17));
    }

    @Test
    void stateGoesToAnother() {
        program(16, 1, LEVEL | 0x55);
        ioApic.pin(16).set(true);
        select(0x30);
        final StateWriter out = new StateWriter();
        ioApic.save(out);
        final List<String> other = new ArrayList<>();
        final IoApic copy = new IoApic(0, (destination, logical, mode, vector, level) -> other.add("sent"));
        copy.load(new StateReader(out.toBytes()));
        assertEquals(LEVEL | REMOTE_REQUEST | 0x55, copy.read(WINDOW, Integer.BYTES));
        copy.end(0x55);
        assertEquals(List.of("sent"), other, "the pin is still asserted");
    }

    @Test
    void pinThatIsNotThereIsMisuse() {
        assertThrows(IllegalArgumentException.class, () -> ioApic.pin(24));
        assertThrows(IllegalArgumentException.class, () -> ioApic.pin(-1));
    }
}
