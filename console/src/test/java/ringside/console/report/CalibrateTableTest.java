package ringside.console.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ringside.profiler.calibrate.CalibrationReport;
import ringside.profiler.calibrate.CalibrationRow;
import ringside.profiler.calibrate.Estimate;
import ringside.profiler.calibrate.NativeResult;

/** The tables of a made-up calibration. */
class CalibrateTableTest {
    private static CalibrationRow row(final String name, final String pair, final NativeResult host, final double unit,
            final Estimate other) {
        final Map<String, Estimate> estimates = new LinkedHashMap<>();
        estimates.put("unit-1", Estimate.of(unit));
        estimates.put("other-model-2", other);
        return new CalibrationRow(name, Optional.ofNullable(pair), unit, host, estimates);
    }

    @Test
    void everyFigureHasItsPlaceAndEveryGapItsReason() {
        final CalibrationReport report = new CalibrationReport("A CPU", List.of("unit-1", "other-model-2"), List.of(
            row("one_way", "way", new NativeResult.Measured(10, 0.0012, 250, 3), 15, Estimate.of(9)),
            row("the_other_way", "way", new NativeResult.Measured(20, 0.001, 250, 0), 12, Estimate.of(19)),
            row("unsteady", null, new NativeResult.Dropped("its runs spread", false), 4,
                Estimate.none("it cannot say"))));
        assertEquals("""
            Cycles of one iteration on A CPU, and by models

                                         instr.   native  spread     unit-1   error  other-model-2   error
            one_way                       15.00    10.00   0.1 %      15.00   +50 %           9.00   -10 %
            the_other_way                 12.00    20.00   0.1 %      12.00   -40 %          19.00    -5 %
            unsteady                       4.00        -       -       4.00       -              -       -

            Two ways to do the same: cycles of the second over those of the first

                                                               native     unit-1  other-model-2
            the_other_way / one_way                              2.00     0.80 !         2.11 =

            = the model finds the same one faster, ! it does not; unmarked where they differ by 10 % or less

            unit-1: MAPE 45.0 %, median 45.0 %, worst 50.0 %, 0.0 % of 2 snippets within 10 %; 0 of 1 pairs right
            other-model-2: MAPE 7.5 %, median 7.5 %, worst 10.0 %, 100.0 % of 2 snippets within 10 %; 1 of 1 pairs right

            Without a figure
              unsteady: its runs spread
              unsteady: it cannot say
            """, CalibrateTable.of(report));
    }
}
