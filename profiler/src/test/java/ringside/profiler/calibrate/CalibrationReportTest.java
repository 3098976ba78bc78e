package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What follows from the figures of a calibration. */
class CalibrationReportTest {
    private static final String MODEL = "m-1";

    private static CalibrationRow row(final String name, final String pair, final double cycles,
            final Estimate estimate) {
        return new CalibrationRow(name, Optional.ofNullable(pair), 3,
                cycles == 0 ? new NativeResult.Dropped("why", false) : new NativeResult.Measured(cycles, 0.001, 250, 0),
                Map.of(MODEL, estimate));
    }

    private static CalibrationReport report(final CalibrationRow... rows) {
        return new CalibrationReport("cpu", List.of(MODEL), List.of(rows));
    }

    @Test
    void aModelsErrorIsTheMeanOfTheErrorsWithoutTheirSigns() {
        final CalibrationReport report = report(row("a", null, 10, Estimate.of(11)),
                row("b", null, 10, Estimate.of(5)), row("c", null, 10, Estimate.of(12)),
                row("unmeasured", null, 0, Estimate.of(1)), row("unsaid", null, 10, Estimate.none("why")));
        assertEquals(new CalibrationReport.Quality(3, 0.8 / 3, 0.2, 1.0 / 3, 0.5), report.quality(MODEL));
        assertEquals(OptionalDouble.of(-0.5), report.rows().get(1).error(MODEL));
        assertEquals(OptionalDouble.empty(), report.rows().get(3).error(MODEL));
    }

    @Test
    void aModelWithoutAFigureHasNoError() {
        assertEquals(0, report(row("a", null, 10, Estimate.none("why"))).quality(MODEL).snippets());
    }

    @Test
    void aPairIsTheSecondOverTheFirst() {
        final CalibrationReport.Pair pair = report(row("a", "p", 10, Estimate.of(10)),
                row("b", "p", 20, Estimate.of(11))).pairs().getFirst();
        assertEquals(OptionalDouble.of(2), pair.ratio());
        assertEquals(OptionalDouble.of(1.1), pair.ratio(MODEL));
        assertTrue(pair.decided() && pair.sameSign(MODEL));
    }

    @Test
    void aModelThatFindsTheOtherFasterOrNeitherHasTheWrongSign() {
        for (final double second : new double[] {9, 10}) {
            final CalibrationReport.Pair pair = report(row("a", "p", 10, Estimate.of(10)),
                    row("b", "p", 20, Estimate.of(second))).pairs().getFirst();
            assertFalse(pair.sameSign(MODEL));
        }
    }

    @Test
    void aPairThatHardlyDiffersIsUndecidedAndHalfAPairIsNone() {
        assertFalse(report(row("a", "p", 100, Estimate.of(1)), row("b", "p", 109, Estimate.of(1))).pairs().getFirst()
                .decided());
        assertEquals(List.of(), report(row("a", "p", 100, Estimate.of(1))).pairs());
    }

    @Test
    void aCalibrationAsksEveryModelOfEverySnippet() {
        final CycleModel model = new CycleModel() {
            @Override
            public String id() {
                return MODEL;
            }

            @Override
            public Estimate estimate(final Snippet snippet) {
                return Estimate.of(snippet.name().length());
            }
        };
        final CalibrationReport report = new Calibration(List.of(new UnitCycleModel(), model), Optional.empty())
                .run("cpu", Snippets.of(List.of("call_leaf", "chain_add")), step -> { });
        assertEquals(List.of("unit-1", MODEL), report.models());
        assertEquals(5, report.rows().getFirst().instructions());
        assertEquals(OptionalDouble.of(18), report.rows().get(1).estimates().get("unit-1").cycles());
        assertEquals(OptionalDouble.of(9), report.rows().get(1).estimates().get(MODEL).cycles());
        assertEquals(new NativeResult.Dropped("not measured", false), report.rows().getFirst().host());
    }
}
