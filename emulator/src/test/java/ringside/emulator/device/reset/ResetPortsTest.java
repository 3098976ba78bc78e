package ringside.emulator.device.reset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/** Each way to reset resets once, and what is near it does not. */
class ResetPortsTest {
    private int resets;
    private boolean interrupt;
    private final ResetControl control = new ResetControl(() -> resets++);
    private final SystemControlA port = new SystemControlA(() -> resets++);
    private final KeyboardController keyboard = new KeyboardController(() -> resets++, level -> interrupt = level);
    private final BusDevice data = keyboard.data();
    private final BusDevice command = keyboard.command();

    @Test
    void resetControlResetsByItsBit2AndKeepsTheKind() {
        control.write(0, 1, 2);
        assertEquals(0, resets);
        assertEquals(2, control.read(0, 1));
        control.write(0, 1, 6);
        assertEquals(1, resets);
        assertEquals(2, control.read(0, 1));
        control.write(0, 1, 4);
        assertEquals(2, resets);
    }

    @Test
    void systemControlResetsWhenItsBitRisesAndKeepsA20() {
        assertEquals(2, port.read(0, 1), "A20 is on");
        port.write(0, 1, 3);
        port.write(0, 1, 3);
        assertEquals(1, resets);
        port.write(0, 1, 0);
        assertEquals(0, port.read(0, 1));
        port.write(0, 1, 1);
        assertEquals(2, resets);
    }

    @Test
    void keyboardControllerPulsesItsOutputs() {
        for (int pulse = 0xF0; pulse <= 0xFF; pulse++) {
            final int before = resets;
            command.write(0, 1, pulse);
            assertEquals((pulse & 1) == 0 ? 1 : 0, resets - before, "pulse=" + pulse);
        }
    }

    @Test
    void outputPortOfTheKeyboardControllerResetsAndSwitchesA20() {
        command.write(0, 1, 0xD0);
        assertEquals(0xCF, data.read(0, 1));
        command.write(0, 1, 0xD1);
        data.write(0, 1, 0xDD);
        command.write(0, 1, 0xD0);
        assertEquals(0xDD, data.read(0, 1));
        command.write(0, 1, 0xDF);
        command.write(0, 1, 0xD0);
        assertEquals(0xDF, data.read(0, 1));
        assertEquals(0, resets);
        command.write(0, 1, 0xD1);
        data.write(0, 1, 0xDE);
        assertEquals(1, resets);
    }

    @Test
    void statusSaysWhatIsWaiting() {
        assertEquals(0x14, command.read(0, 1), "self-tested and not locked, nothing waits");
        command.write(0, 1, 0xAA);
        assertEquals(0x1D, command.read(0, 1), "an answer waits, a command was last");
        assertEquals(0x55, data.read(0, 1));
        assertEquals(0x1C, command.read(0, 1));
        assertEquals(0x55, data.read(0, 1), "the register keeps what was read");
    }

    @Test
    void keyboardAnswersAndInterruptsOnceAnAnswer() {
        data.write(0, 1, 0xFF);
        assertTrue(interrupt);
        assertEquals(0xFA, data.read(0, 1));
        assertTrue(interrupt);
        assertEquals(0xAA, data.read(0, 1));
        assertFalse(interrupt);
        data.write(0, 1, 0xF2);
        assertEquals(0xFA, data.read(0, 1));
        assertEquals(0xAB, data.read(0, 1));
        assertEquals(0x83, data.read(0, 1));
        command.write(0, 1, 0x60);
        data.write(0, 1, 0x44);
        data.write(0, 1, 0xEE);
        assertFalse(interrupt, "its mode says not to");
        assertEquals(0xEE, data.read(0, 1));
    }

    @Test
    void unreadAnswersAreBounded() {
        for (int i = 0; i < 100; i++) {
            data.write(0, 1, 0xF2);
        }
        int count = 0;
        while ((command.read(0, 1) & 1) != 0) {
            data.read(0, 1);
            count++;
        }
        assertEquals(16, count);
    }

    @Test
    void savedRegistersGoOnAsTheOriginals() {
        final Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 10; i++) {
                (random.nextBoolean() ? data : command).write(0, 1, random.nextInt(256));
                port.write(0, 1, random.nextInt(256));
                control.write(0, 1, random.nextInt(256));
            }
            final KeyboardController other = new KeyboardController(() -> { }, level -> { });
            final SystemControlA otherPort = new SystemControlA(() -> { });
            final ResetControl otherControl = new ResetControl(() -> { });
            other.load(new StateReader(saved(keyboard)));
            otherPort.load(new StateReader(saved(port)));
            otherControl.load(new StateReader(saved(control)));
            assertArrayEquals(saved(keyboard), saved(other));
            assertEquals(port.read(0, 1), otherPort.read(0, 1));
            assertEquals(control.read(0, 1), otherControl.read(0, 1));
            while ((command.read(0, 1) & 1) != 0) {
                assertEquals(command.read(0, 1), other.command().read(0, 1));
                assertEquals(data.read(0, 1), other.data().read(0, 1));
            }
        }
    }

    private static byte[] saved(final Stateful part) {
        final StateWriter out = new StateWriter();
        part.save(out);
        return out.toBytes();
    }
}
