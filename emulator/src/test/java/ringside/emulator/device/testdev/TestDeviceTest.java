package ringside.emulator.device.testdev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** QEMU's pc-testdev. */
class TestDeviceTest {
    private final StringBuilder levels = new StringBuilder();
    private final TestDevice device = new TestDevice(List.of(
            level -> levels.append("0=").append(level).append(' '),
            level -> levels.append("1=").append(level).append(' ')));

    @Test
    void registerHoldsWhatIsWrittenAtAnyWidth() {
        device.register().write(0, 4, 0x1234_5678);
        device.register().write(1, 2, 0xABCD);
        device.register().write(3, 1, 0x99);
        assertEquals(0x99AB_CD78L, device.register().read(0, 4));
        assertEquals(0xABCD, device.register().read(1, 2));
    }

    @Test
    void memoryHoldsWhatIsWrittenAtAnyWidth() {
        device.memory().write(0xFFF8, 8, 0x0102_0304_0506_0708L);
        assertEquals(0x0304, device.memory().read(0xFFFC, 2) & 0xFFFF);
        assertEquals(0x0102_0304_0506_0708L, device.memory().read(0xFFF8, 8));
        assertEquals(0x01, device.memory().read(0xFFFF, 1));
    }

    @Test
    void switchSetsItsLine() {
        device.switches().write(1, 1, 1);
        device.switches().write(1, 1, 0);
        device.switches().write(0, 1, 0x80);
        device.switches().write(23, 1, 1);
        assertEquals("1=true 1=false 0=true ", levels.toString(), "no line beyond those there are");
    }

    @Test
    void switchesTakeWiderValuesAsBytes() {
        device.switches().write(0, 2, 0x0100);
        device.switches().write(1, 4, 0x0101);
        assertEquals("0=false 1=true 1=true ", levels.toString());
    }

    @Test
    void savedDeviceHoldsTheSame() {
        device.register().write(0, 4, 0x1234_5678);
        device.memory().write(0x8000, 8, 42);
        final StateWriter out = new StateWriter();
        device.save(out);
        final TestDevice other = new TestDevice(List.of());
        other.load(new StateReader(out.toBytes()));
        assertEquals(0x1234_5678, other.register().read(0, 4));
        assertEquals(42, other.memory().read(0x8000, 8));
        final StateWriter small = new StateWriter().section("testdev").bytes(new byte[1]);
        assertThrows(StateException.class, () -> other.load(new StateReader(small.toBytes())));
    }
}
