package ringside.emulator.device.uart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Uart16550Test {
    private final StringBuilder sent = new StringBuilder();
    private final Uart16550 uart = new Uart16550(value -> sent.append((char) value));

    private void guestWrites(final int register, final int value) {
        uart.write(register, 1, value);
    }

    @Test
    void byteWrittenToTheHoldingRegisterLeaves() {
        guestWrites(0, 'h');
        guestWrites(0, 0xFF);
        assertEquals("h\u00ff", sent.toString());
    }

    @Test
    void lineStatusSaysReadyToSendAndNothingReceived() {
        assertEquals(0x60, uart.read(5, 1));
    }

    @Test
    void divisorLatchHidesDataAndInterruptEnable() {
        guestWrites(3, 0x83);
        guestWrites(0, 1);
        guestWrites(1, 2);
        assertEquals("", sent.toString());
        assertEquals(1, uart.read(0, 1));
        assertEquals(2, uart.read(1, 1));
        guestWrites(3, 3);
        assertEquals(0, uart.read(1, 1), "the interrupt enable register was not written");
    }

    @Test
    void loopbackKeepsBytesInside() {
        guestWrites(4, 0x10);
        guestWrites(0, 'x');
        assertEquals("", sent.toString());
    }

    @Test
    void scratchRegisterHoldsAByte() {
        guestWrites(7, 0x1A5);
        assertEquals(0xA5, uart.read(7, 1));
    }
}
