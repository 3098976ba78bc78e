package ringside.emulator.device.uart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.timing.CycleClock;

/** The PC16550D's data sheet, one rule a test. */
class Uart16550Test {
    private static final int DATA = 0;
    private static final int ENABLE = 1;
    private static final int ID = 2;
    private static final int FIFO = 2;
    private static final int LINE_CONTROL = 3;
    private static final int MODEM_CONTROL = 4;
    private static final int LINE = 5;
    private static final int MODEM = 6;
    private static final int LOOPBACK = 0x10;
    private static final int CHARACTER_AT_9600_8N1 = 1_041_666;

    private final StringBuilder sent = new StringBuilder();
    private long now;
    private boolean interrupt;
    private int edges;
    private final CycleClock clock = new CycleClock(() -> now, () -> { });
    private final Uart16550 uart = port(clock);

    private Uart16550 port(final CycleClock on) {
        final Uart16550 made = new Uart16550(new SerialSink() {
            @Override
            public void send(final int value) {
                sent.append((char) value);
            }

            @Override
            public void sendBreak() {
                sent.append("<break>");
            }
        }, level -> {
            edges += level && !interrupt ? 1 : 0;
            interrupt = level;
        }, on, 1_000_000_000L);
        made.writeByte(LINE_CONTROL, 3);
        return made;
    }

    private void guestWrites(final int register, final int value) {
        uart.write(register, 1, value);
    }

    private int guestReads(final int register) {
        return (int) uart.read(register, 1);
    }

    private void hear(final String text) {
        text.chars().forEach(octet -> assertTrue(uart.receive(octet)));
    }

    private void pass(final long cycles) {
        now += cycles;
        clock.fireDue();
    }

    @Test
    void byteWrittenToTheHoldingRegisterLeaves() {
        guestWrites(DATA, 'h');
        guestWrites(DATA, 0xFF);
        assertEquals("h\u00ff", sent.toString());
    }

    @Test
    void lineStatusSaysReadyToSendAndNothingReceived() {
        assertEquals(0x60, guestReads(LINE));
        assertEquals(1, guestReads(ID), "no interrupt, no FIFOs");
        assertEquals(0xB0, guestReads(MODEM), "the other end is there");
    }

    @Test
    void divisorLatchHidesDataAndInterruptEnable() {
        guestWrites(LINE_CONTROL, 0x83);
        guestWrites(DATA, 1);
        guestWrites(ENABLE, 2);
        assertEquals("", sent.toString());
        assertEquals(1, guestReads(DATA));
        assertEquals(2, guestReads(ENABLE));
        guestWrites(LINE_CONTROL, 3);
        assertEquals(0, guestReads(ENABLE), "the interrupt enable register was not written");
    }

    @Test
    void widerAccessIsSeveralOfOneByte() {
        uart.write(DATA, 2, 0x0F41);
        assertEquals("A", sent.toString());
        assertEquals(0x0F, guestReads(ENABLE));
        assertEquals(0xB060_0003L, uart.read(LINE_CONTROL, 4));
    }

    @Test
    void receivedCharactersWaitOutsideUntilThereIsRoom() {
        hear("abc");
        assertEquals(0x61, guestReads(LINE));
        assertEquals('a', guestReads(DATA));
        assertEquals('b', guestReads(DATA));
        assertEquals('c', guestReads(DATA));
        assertEquals(0x60, guestReads(LINE), "no overrun although the port holds one");
        assertEquals(0, guestReads(DATA));
    }

    @Test
    void whatWaitsOutsideIsBounded() {
        final int room = uart.room();
        for (int i = 0; i <= room; i++) {
            assertTrue(uart.receive('x'), "one is in the port itself");
        }
        assertEquals(0, uart.room());
        assertFalse(uart.receive('y'));
    }

    @Test
    void receivedDataInterruptsWhenEnabledAndUntilRead() {
        hear("a");
        assertFalse(interrupt);
        guestWrites(ENABLE, 1);
        assertTrue(interrupt);
        assertEquals(4, guestReads(ID));
        guestReads(DATA);
        assertFalse(interrupt);
    }

    @Test
    void fifoInterruptsAtItsTriggerLevel() {
        final int[] levels = {1, 4, 8, 14};
        for (int code = 0; code < levels.length; code++) {
            guestWrites(FIFO, code << 6 | 3);
            guestWrites(ENABLE, 1);
            for (int i = 1; i < levels[code]; i++) {
                hear("x");
                assertFalse(interrupt, "code=" + code + " held=" + i);
            }
            hear("x");
            assertTrue(interrupt, "code=" + code);
            assertEquals(0xC4, guestReads(ID));
            guestReads(DATA);
            assertFalse(interrupt, "below the level");
        }
    }

    @Test
    void fewCharactersTimeOutAfterFourCharacterTimes() {
        guestWrites(FIFO, 0xC1);
        guestWrites(ENABLE, 1);
        hear("ab");
        pass(4L * CHARACTER_AT_9600_8N1 - 1);
        assertFalse(interrupt);
        pass(3);
        assertEquals(0xCC, guestReads(ID));
        assertTrue(interrupt);
        guestReads(DATA);
        assertFalse(interrupt, "reading a character ends the time-out");
        pass(5L * CHARACTER_AT_9600_8N1);
        assertTrue(interrupt, "and the other one has one of its own");
    }

    @Test
    void timeOutBeginsAgainWithEachCharacter() {
        guestWrites(FIFO, 0xC1);
        guestWrites(ENABLE, 1);
        hear("a");
        pass(3L * CHARACTER_AT_9600_8N1);
        hear("b");
        pass(3L * CHARACTER_AT_9600_8N1);
        assertFalse(interrupt);
    }

    @Test
    void nobodyWakesForATimeOutThatNobodyWants() {
        guestWrites(FIFO, 0xC1);
        hear("a");
        assertEquals(CycleClock.NEVER, clock.next());
        guestWrites(ENABLE, 1);
        assertTrue(clock.next() != CycleClock.NEVER);
        guestWrites(ENABLE, 0);
        assertEquals(CycleClock.NEVER, clock.next());
    }

    @Test
    void holdingRegisterEmptyInterruptsWhenEnabledAndAfterEachCharacter() {
        guestWrites(ENABLE, 2);
        assertTrue(interrupt);
        assertEquals(2, guestReads(ID));
        assertFalse(interrupt, "naming it ends it");
        assertEquals(1, guestReads(ID));
        guestWrites(DATA, 'a');
        assertTrue(interrupt);
        final int before = edges;
        guestWrites(DATA, 'b');
        assertEquals(before + 1, edges, "an edge for each character");
        guestWrites(ENABLE, 0);
        assertFalse(interrupt);
    }

    @Test
    void interruptsAreNamedByPriority() {
        guestWrites(FIFO, 1);
        guestWrites(MODEM_CONTROL, LOOPBACK);
        for (int i = 0; i < 17; i++) {
            guestWrites(DATA, i);
        }
        guestWrites(ENABLE, 0xF);
        assertEquals(0xC6, guestReads(ID), "line status: overrun");
        assertEquals(0x63, guestReads(LINE));
        assertEquals(0x61, guestReads(LINE), "reading ends it");
        assertEquals(0xC4, guestReads(ID), "data");
        for (int i = 0; i < 16; i++) {
            assertEquals(i, guestReads(DATA), "a full FIFO keeps what it has");
        }
        assertEquals(0xC2, guestReads(ID), "holding register empty");
        assertEquals(0xC0, guestReads(ID), "modem status");
        assertTrue(interrupt);
        guestReads(MODEM);
        assertEquals(0xC1, guestReads(ID));
        assertFalse(interrupt);
    }

    @Test
    void overrunWithoutFifosKeepsTheNewerCharacter() {
        guestWrites(MODEM_CONTROL, LOOPBACK);
        guestWrites(DATA, 'a');
        guestWrites(DATA, 'b');
        assertEquals(0x63, guestReads(LINE));
        assertEquals('b', guestReads(DATA));
    }

    @Test
    void loopbackKeepsBytesInsideAndOutsideOnesOut() {
        guestWrites(MODEM_CONTROL, LOOPBACK);
        guestWrites(DATA, 'x');
        hear("y");
        assertEquals("", sent.toString());
        assertEquals('x', guestReads(DATA));
        assertEquals(0x60, guestReads(LINE));
        guestWrites(MODEM_CONTROL, 0);
        assertEquals('y', guestReads(DATA), "it waited");
    }

    @Test
    void loopbackTurnsModemOutputsIntoInputs() {
        guestWrites(MODEM_CONTROL, LOOPBACK);
        assertEquals(0x0B, guestReads(MODEM), "all went off");
        guestWrites(MODEM_CONTROL, LOOPBACK | 1);
        assertEquals(0x22, guestReads(MODEM), "DTR is DSR");
        guestWrites(MODEM_CONTROL, LOOPBACK | 2);
        assertEquals(0x13, guestReads(MODEM), "RTS is CTS");
        guestWrites(MODEM_CONTROL, LOOPBACK | 4);
        assertEquals(0x41, guestReads(MODEM), "OUT1 is RI, and its coming on is no change");
        guestWrites(MODEM_CONTROL, LOOPBACK | 8);
        assertEquals(0x8C, guestReads(MODEM), "OUT2 is DCD; RI's end is one");
        assertEquals(0x80, guestReads(MODEM), "reading ends the changes");
    }

    @Test
    void breakIsOneZeroCharacterThatSaysSo() {
        guestWrites(FIFO, 1);
        guestWrites(MODEM_CONTROL, LOOPBACK);
        guestWrites(DATA, 'a');
        guestWrites(LINE_CONTROL, 0x43);
        guestWrites(LINE_CONTROL, 3);
        assertEquals(0xE1, guestReads(LINE), "an error is in the FIFO, not yet at its head");
        assertEquals('a', guestReads(DATA));
        assertEquals(0xF1, guestReads(LINE));
        assertEquals(0x61, guestReads(LINE), "reading ends it");
        assertEquals(0, guestReads(DATA));
    }

    @Test
    void aBreakFromOutsideWaitsItsTurnLikeACharacter() {
        hear("a");
        assertTrue(uart.receive(Uart16550.BREAK));
        hear("b");
        assertEquals(0x61, guestReads(LINE));
        assertEquals('a', guestReads(DATA));
        assertEquals(0x71, guestReads(LINE), "a break and a character");
        assertEquals(0x61, guestReads(LINE), "the break was told");
        assertEquals(0, guestReads(DATA));
        assertEquals('b', guestReads(DATA));
    }

    @Test
    void theGuestsBreakLeavesOnceEachTimeItBegins() {
        guestWrites(LINE_CONTROL, 0x43);
        guestWrites(LINE_CONTROL, 0x43);
        guestWrites(LINE_CONTROL, 3);
        assertEquals("<break>", sent.toString());
        guestWrites(MODEM_CONTROL, LOOPBACK);
        guestWrites(LINE_CONTROL, 0x43);
        assertEquals("<break>", sent.toString(), "in loop-back it stays inside");
    }

    @Test
    void switchingFifosEmptiesThem() {
        guestWrites(FIFO, 1);
        guestWrites(MODEM_CONTROL, LOOPBACK);
        guestWrites(DATA, 'a');
        guestWrites(DATA, 'b');
        guestWrites(FIFO, 0);
        assertEquals(0x60, guestReads(LINE));
    }

    @Test
    void scratchRegisterHoldsAByte() {
        guestWrites(7, 0xA5);
        assertEquals(0xA5, guestReads(7));
    }

    @Test
    void savedPortGoesOnAsTheOriginal() {
        final Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < 30; i++) {
                act(uart, random.nextInt(), random.nextInt());
            }
            final CycleClock other = new CycleClock(() -> now, () -> { });
            final Uart16550 copy = port(other);
            copy.load(new StateReader(saved(uart)));
            assertEquals(clock.next(), other.next());
            final long seed = random.nextLong();
            assertEquals(trace(uart, seed), trace(copy, seed));
            assertArrayEquals(saved(uart), saved(copy));
        }
    }

    private static String trace(final Uart16550 port, final long seed) {
        final Random random = new Random(seed);
        final StringBuilder seen = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            seen.append(act(port, random.nextInt(), random.nextInt())).append(' ');
        }
        return seen.toString();
    }

    private static long act(final Uart16550 port, final int what, final int value) {
        final int register = what >>> 8 & 7;
        switch (what & 3) {
            case 0 -> port.write(register, 1, value & 0xFF);
            case 1 -> port.receive(value);
            default -> {
                return port.read(register, 1);
            }
        }
        return 0;
    }

    private static byte[] saved(final Uart16550 port) {
        final StateWriter out = new StateWriter();
        port.save(out);
        return out.toBytes();
    }

    @Test
    void nonsenseIsRefusedAsState() {
        final byte[] state = saved(uart);
        for (int length = 0; length < state.length; length++) {
            final byte[] cut = java.util.Arrays.copyOf(state, length);
            assertThrows(StateException.class, () -> uart.load(new StateReader(cut)), "length=" + length);
        }
    }
}
