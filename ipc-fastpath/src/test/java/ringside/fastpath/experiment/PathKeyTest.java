package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathKeyTest {
    static List<PathKey> all() {
        return PathKey.all();
    }

    @Test
    void everyVariantSpaceLengthAndDirectionIsThereOnce() {
        assertEquals(3 * 3 + 3 * 2 * 2 * 3, PathKey.all().stream().distinct().count());
        assertEquals(PathKey.all().size(), PathKey.all().stream().distinct().count());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aNameIsReadAsItIsWritten(final PathKey key) {
        assertEquals(key, PathKey.parse(key.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "fast-asm", "fast-asm/cross/1/call", "Slow/cross/0/call", "slow/same/4/call/"})
    void anotherNameIsRefusedWithItselfAndTheRule(final String text) {
        final String message =
                assertThrows(IllegalArgumentException.class, () -> PathKey.parse(text)).getMessage();
        assertTrue(message.startsWith("no such path: path=" + text + "; a path is fast-asm|fast-generated|slow / "
                + "same|cross / 0|4 / call|reply-recv|round-trip"), message);
    }
}
