package ringside.fastpath.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What formulas come to where there is no number. */
class FormulaTest {
    private static double value(final String text) {
        return Formula.parse(text).value(_ -> 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 / 0", "0 / 0", "x / 0 > 5", "0 / 0 == 0", "0 / 0 != 0", "1 / 0 || 0",
        "1 / 0 && 1", "1 / (1 / 0)", "0 * (1 / 0)"})
    void whatIsDividedByZeroHasNoValue(final String text) {
        assertEquals(Double.NaN, value(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"x == 0 || 4 / x == 2 ; 1", "1 || 1 / 0 ; 1", "1 / 0 || 1 ; 1",
        "0 && 1 / 0 ; 0", "1 / 0 && 0 ; 0", "x && 3 ; 1", "0 || 0 ; 0", "0 || x ; 1", "0 - 1 || 1 ; 1"})
    void aSideThatDecidesNeedsNoOther(final String text, final double value) {
        assertEquals(value, value(text));
    }
}
