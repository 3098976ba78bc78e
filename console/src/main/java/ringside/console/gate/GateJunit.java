package ringside.console.gate;

import java.util.List;
import ringside.console.repl.JunitReport;
import ringside.profiler.gate.PathChange;

/** Verdicts as JUnit's XML: a case for each path and each script. */
public final class GateJunit {
    private static final int COLUMNS = 100;

    private GateJunit() {
    }

    /**
     * {@return the report}
     *
     * @param verdicts one for each gate file
     */
    public static JunitReport of(final List<GateVerdict> verdicts) {
        final JunitReport report = new JunitReport("check");
        for (final GateVerdict verdict : verdicts) {
            final String suite = "ringside.check." + verdict.gate().title();
            for (final PathChange path : verdict.comparison().paths()) {
                if (path.fails()) {
                    report.failed(suite, path.name(), GateBlame.sentence(path),
                        GateText.reasons(verdict, path, COLUMNS));
                } else {
                    report.passed(suite, path.name());
                }
            }
            for (final GateRun.ScriptOutcome script : verdict.run().scripts()) {
                if (script.ok()) {
                    report.passed(suite, script.name());
                } else {
                    report.failed(suite, script.name(), script.problem(), "");
                }
            }
            verdict.comparison().models().forEach((name, versions) -> report.failed(suite, "model " + name,
                GateBlame.otherModel(versions), ""));
        }
        return report;
    }
}
