package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineSetTest {
    private final LineSet lines = new LineSet();

    @Test
    void aLineCountsOnceHoweverOftenItIsTouched() {
        for (int i = 0; i < 64; i++) {
            lines.touch(0x1000 + i, 1);
        }
        assertEquals(1, lines.size());
    }

    @Test
    void anAccessAcrossABoundaryTouchesBothSides() {
        lines.touch(0x103c, 8);
        assertEquals(2, lines.size());
    }

    @Test
    void theLastByteOfALineStaysInIt() {
        lines.touch(0x1038, 8);
        assertEquals(1, lines.size());
    }

    @Test
    void nothingIsTouchedByNoBytes() {
        lines.touch(0x1000, 0);
        assertEquals(0, lines.size());
    }

    @Test
    void highAddressesAreLinesLikeOthers() {
        lines.touch(-64, 64);
        lines.touch(-1, 1);
        lines.touch(0, 1);
        assertEquals(2, lines.size());
    }

    @Test
    void growingKeepsEveryLineAndClearingForgetsThemAll() {
        for (int generation = 0; generation < 3; generation++) {
            for (int i = 0; i < 10_000; i++) {
                lines.touch(i * 64L, 8);
                lines.touch(i * 64L, 8);
            }
            assertEquals(10_000, lines.size());
            lines.clear();
            assertEquals(0, lines.size());
        }
    }
}
