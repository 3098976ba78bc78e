package ringside.emulator.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateTest {
    private static byte[] sample() {
        return new StateWriter().section("part").u8(0xFE).u16(0xFEDC).i32(-5).i64(Long.MIN_VALUE).bool(true)
                .bytes(new byte[] {1, 2, 3}).toBytes();
    }

    private static void read(final byte[] state) {
        final StateReader in = new StateReader(state).section("part");
        assertEquals(0xFE, in.u8());
        assertEquals(0xFEDC, in.u16());
        assertEquals(-5, in.i32(-5, 0));
        assertEquals(Long.MIN_VALUE, in.i64());
        assertTrue(in.bool());
        assertArrayEquals(new byte[] {1, 2, 3}, in.bytes(3));
        in.end();
    }

    @Test
    void whatWasWrittenIsRead() {
        read(sample());
    }

    @Test
    void everyCutIsRefused() {
        final byte[] state = sample();
        for (int length = 0; length < state.length; length++) {
            final byte[] cut = Arrays.copyOf(state, length);
            assertThrows(StateException.class, () -> read(cut), "length=" + length);
        }
    }

    @Test
    void anotherSectionAValueOutOfBoundsAndARestAreRefusedWithTheirPlace() {
        assertThrows(StateException.class, () -> new StateReader(sample()).section("trap"));
        final StateReader bounded = new StateReader(new StateWriter().section("part").i32(9).toBytes()).section("part");
        assertEquals("section part, offset 10: value=9 is not between 0 and 8",
                assertThrows(StateException.class, () -> bounded.i32(0, 8)).getMessage());
        assertThrows(StateException.class, () -> new StateReader(new byte[1]).end());
        assertThrows(StateException.class, () -> new StateReader(new byte[] {2}).bool());
    }

    @Test
    void aLengthBeyondTheEndAllocatesNothing() {
        final byte[] huge = new StateWriter().i32(Integer.MAX_VALUE).toBytes();
        assertThrows(StateException.class, () -> new StateReader(huge).bytes(Integer.MAX_VALUE));
    }
}
