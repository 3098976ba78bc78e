package ringside.profiler.toml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that the parser would change are refused; the same digits elsewhere are not. */
class LongNumbersTest {
    private static TomlTable parse(final String text) {
        return TomlTable.parse(text, (place, reason) -> new IllegalArgumentException(place + ": " + reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000000001", "-9223372036854775808", "+1000000000000000001",
        "1_000_000_000_000_000_001", "[1, 1000000000000000001]", "{ b = \"\\\"\", c = 1000000000000000001}",
        "[\"\"\"a\"\"\"\", 1000000000000000001]", "['a\\', 1000000000000000001]"})
    void aNumberOf19DigitsIsRefusedWithItsLine(final String value) {
        final String message = assertThrows(IllegalArgumentException.class, () -> parse("# \"\na = " + value + "\n"))
                .getMessage();
        assertTrue(message.startsWith("line 2: a decimal number of 19 digits"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1000000000000000001\"", "'1000000000000000001'", "1 # 1000000000000000001",
        "\"\"\"\n1000000000000000001\n\"\"\"", "'''\n\"1000000000000000001\n'''", "1000000000000000001.5",
        "1.1000000000000000001", "0x1000000000000000", "\"\\\" 1000000000000000001\""})
    void theSameDigitsInATextACommentOrAFractionAreNot(final String value) {
        assertTrue(parse("a = " + value + "\n").has("a"));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 1_000_000_000_000_000_001L, 999_999_999_999_999_999L})
    void whatIsNotRefusedIsReadAsItIs(final long value) {
        final String text = value < 1_000_000_000_000_000_000L ? Long.toString(value) : "0x" + Long.toHexString(value);
        assertEquals(value, parse("a = " + text).wide("a", 0, Long.MAX_VALUE));
    }
}
