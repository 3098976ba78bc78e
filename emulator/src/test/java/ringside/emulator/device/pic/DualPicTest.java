package ringside.emulator.device.pic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** Intel 8259A data sheet (231468), one rule a test. */
class DualPicTest {
    private static final int END = 0x20;
    private static final int END_OF = 0x60;
    private static final int ROTATE_ON_END = 0xA0;
    private static final int SET_LOWEST = 0xC0;
    private static final int READ_REQUEST = 0x0A;
    private static final int READ_IN_SERVICE = 0x0B;
    private static final int POLL = 0x0C;
    private static final int SPECIAL_MASK = 0x68;

    private boolean output;
    private DualPic pic;

    @BeforeEach
    void initialise() {
        pic = new DualPic(level -> output = level);
        initialise(0x01);
    }

    private void initialise(final int icw4) {
        initialise(pic.firstPorts(), 0x20, 4, icw4);
        initialise(pic.secondPorts(), 0x28, 2, icw4);
    }

    private static void initialise(final BusDevice chip, final int vectors, final int cascade, final int icw4) {
        write(chip, 0, 0x11);
        write(chip, 1, vectors);
        write(chip, 1, cascade);
        write(chip, 1, icw4);
        write(chip, 1, 0);
    }

    private static void write(final BusDevice chip, final int port, final int value) {
        chip.write(port, Byte.BYTES, value);
    }

    private int first(final int command) {
        write(pic.firstPorts(), 0, command);
        return (int) pic.firstPorts().read(0, Byte.BYTES);
    }

    private int second(final int command) {
        write(pic.secondPorts(), 0, command);
        return (int) pic.secondPorts().read(0, Byte.BYTES);
    }

    private void pulse(final int line) {
        pic.line(line).set(false);
        pic.line(line).set(true);
    }

    @Test
    void firmwareLeavesItMaskedWithTheOldVectors() {
        final DualPic fresh = new DualPic(level -> output = level);
        fresh.line(0).set(true);
        assertFalse(output);
        assertEquals(0xFB, fresh.firstPorts().read(1, Byte.BYTES));
        assertEquals(0xFF, fresh.secondPorts().read(1, Byte.BYTES));
        fresh.firstPorts().write(1, Byte.BYTES, 0);
        assertTrue(output, "a request waits behind the mask");
        assertEquals(8, fresh.acknowledge());
    }

    @Test
    void lowerLineIsMoreUrgentAndTheVectorIsBasePlusLine() {
        pic.line(4).set(true);
        pic.line(1).set(true);
        assertTrue(output);
        assertEquals(0x21, pic.acknowledge());
        assertFalse(output, "4 waits for the end of 1");
        first(END);
        assertTrue(output);
        assertEquals(0x24, pic.acknowledge());
        first(END);
        assertFalse(output);
    }

    @Test
    void moreUrgentLineInterruptsALessUrgentOne() {
        pic.line(4).set(true);
        assertEquals(0x24, pic.acknowledge());
        pic.line(1).set(true);
        assertTrue(output);
        assertEquals(0x21, pic.acknowledge());
        assertEquals(0x12, first(READ_IN_SERVICE));
        first(END);
        assertEquals(0x10, first(READ_IN_SERVICE), "the most urgent one ends");
        first(END_OF | 4);
        assertEquals(0, first(READ_IN_SERVICE));
    }

    @Test
    void maskedLineWaits() {
        write(pic.firstPorts(), 1, 1 << 3);
        pic.line(3).set(true);
        assertFalse(output);
        assertFalse(pic.listens(3));
        assertEquals(1 << 3, first(READ_REQUEST));
        write(pic.firstPorts(), 1, 0);
        assertTrue(output && pic.listens(3));
    }

    @Test
    void edgeAsksOnceAndALevelUntilItFalls() {
        pic.line(5).set(true);
        assertEquals(0x25, pic.acknowledge());
        first(END);
        assertFalse(output, "no second edge");
        pic.levelPorts().write(0, Byte.BYTES, 1 << 6);
        pic.line(6).set(true);
        assertEquals(0x26, pic.acknowledge());
        first(END);
        assertTrue(output, "still asserted");
        pic.line(6).set(false);
        assertFalse(output);
    }

    @Test
    void requestThatIsWithdrawnBeforeItsAcknowledgementIsSpurious() {
        pic.line(3).set(true);
        pic.line(3).set(false);
        assertFalse(output);
        assertEquals(0x27, pic.acknowledge());
        assertEquals(0, first(READ_IN_SERVICE), "and nothing is in service");
    }

    @Test
    void secondControllerAsksThroughLine2() {
        pic.line(12).set(true);
        assertTrue(output && pic.listens(12));
        assertEquals(0x2C, pic.acknowledge());
        assertEquals(1 << 2, first(READ_IN_SERVICE));
        assertEquals(1 << 4, second(READ_IN_SERVICE));
        pic.line(3).set(true);
        assertFalse(output, "3 is less urgent than 8 to 15");
        second(END);
        first(END);
        assertEquals(0x23, pic.acknowledge());
    }

    @Test
    void secondControllersNextRequestIsAnotherEdge() {
        pic.line(12).set(true);
        pic.line(14).set(true);
        assertEquals(0x2C, pic.acknowledge());
        second(END);
        first(END);
        assertTrue(output);
        assertEquals(0x2E, pic.acknowledge());
    }

    @Test
    void withdrawnRequestOfTheSecondControllerIsItsSpuriousOne() {
        pic.line(12).set(true);
        pic.line(12).set(false);
        assertFalse(output);
        assertEquals(0x27, pic.acknowledge());
    }

    @Test
    void moreUrgentRequestOfTheSecondControllerNestsOnlyInSpecialFullyNestedMode() {
        pic.line(12).set(true);
        pic.acknowledge();
        pic.line(9).set(true);
        assertFalse(output, "line 2 is in service");
        initialise(0x11);
        pulse(12);
        pic.acknowledge();
        pulse(9);
        assertTrue(output);
        assertEquals(0x29, pic.acknowledge());
    }

    @Test
    void automaticEndLeavesNothingInService() {
        initialise(0x03);
        pic.line(4).set(true);
        assertEquals(0x24, pic.acknowledge());
        assertEquals(0, first(READ_IN_SERVICE));
        pic.line(7).set(true);
        assertEquals(0x27, pic.acknowledge());
    }

    @Test
    void rotationMakesTheServedLineTheLeastUrgent() {
        pic.line(3).set(true);
        pic.acknowledge();
        first(ROTATE_ON_END);
        pulse(3);
        pic.line(4).set(true);
        assertEquals(0x24, pic.acknowledge());
        first(END);
        assertEquals(0x23, pic.acknowledge());
        first(END);
        first(SET_LOWEST | 5);
        pic.line(6).set(true);
        pulse(0);
        assertEquals(0x26, pic.acknowledge());
    }

    @Test
    void specialMaskLetsLessUrgentLinesThrough() {
        pic.line(1).set(true);
        pic.acknowledge();
        pic.line(5).set(true);
        assertFalse(output);
        write(pic.firstPorts(), 1, 1 << 1);
        assertFalse(output, "1 is in service, masked or not");
        first(SPECIAL_MASK);
        assertTrue(output);
        assertEquals(0x25, pic.acknowledge());
    }

    @Test
    void pollAcknowledgesByReading() {
        assertEquals(0, first(POLL));
        pic.line(4).set(true);
        assertEquals(0x84, first(POLL));
        assertEquals(1 << 4, first(READ_IN_SERVICE));
        assertFalse(output);
    }

    @Test
    void initialisationForgetsRequestsServicesAndMask() {
        pic.line(4).set(true);
        pic.acknowledge();
        pic.line(5).set(true);
        write(pic.firstPorts(), 1, 0xFF);
        initialise(0x01);
        assertEquals(0, first(READ_IN_SERVICE));
        assertEquals(0, first(READ_REQUEST), "an edge must come again");
        assertEquals(0, pic.firstPorts().read(1, Byte.BYTES));
    }

    @Test
    void levelRegistersKeepOutTheLinesThatAreAlwaysEdges() {
        pic.levelPorts().write(0, Short.BYTES, 0xFFFF);
        assertEquals(0xDEF8, pic.levelPorts().read(0, Short.BYTES));
        pic.levelPorts().write(1, Byte.BYTES, 0x02);
        assertEquals(0x02, pic.levelPorts().read(1, Byte.BYTES) & 0xFF);
    }

    @Test
    void stateGoesToAnother() {
        pic.line(12).set(true);
        pic.line(1).set(true);
        pic.acknowledge();
        final StateWriter out = new StateWriter();
        pic.save(out);
        final DualPic copy = new DualPic(level -> { });
        copy.load(new StateReader(out.toBytes()));
        copy.firstPorts().write(0, Byte.BYTES, END);
        assertEquals(0x2C, copy.acknowledge());
    }

    @Test
    void lineOfTheCascadeIsNobodys() {
        assertThrows(IllegalArgumentException.class, () -> pic.line(2));
        assertThrows(IllegalArgumentException.class, () -> pic.line(16));
    }
}
