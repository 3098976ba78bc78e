package ringside.console.gate;

import java.util.List;
import java.util.stream.Collectors;
import ringside.profiler.gate.PathChange;
import ringside.toolchain.image.PlainName;

/**
 * Failures as workflow commands of GitHub Actions, which shows them beside the source line. It shows 10 of a step, so
 * there is one for each reason, worst first, and the last one says how many are left.
 */
public final class GateAnnotations {
    private static final int MOST = 10;

    private GateAnnotations() {
    }

    /**
     * {@return the lines, each ending in a line feed}
     *
     * @param verdicts one for each gate file
     */
    public static String of(final List<GateVerdict> verdicts) {
        final StringBuilder text = new StringBuilder();
        int count = 0;
        int left = 0;
        for (final GateVerdict verdict : verdicts) {
            for (final List<PathChange> group : SameChange.groups(verdict.comparison().failures())) {
                if (count < MOST - 1) {
                    count++;
                    text.append(line(verdict, group));
                } else {
                    left++;
                }
            }
            for (final GateRun.ScriptOutcome script : verdict.failedScripts()) {
                if (count < MOST - 1) {
                    count++;
                    text.append("::error file=").append(property(script.name())).append(",title=")
                        .append(property("script " + script.name())).append("::").append(data(script.problem()))
                        .append('\n');
                } else {
                    left++;
                }
            }
        }
        if (left > 0) {
            text.append("::error title=ringside check::").append(left).append(" more failures; the log has them\n");
        }
        return text.toString();
    }

    /** {@return a run that measured nothing, as one} */
    public static String failure(final String problem) {
        return "::error title=ringside check::" + data(problem) + "\n";
    }

    private static String line(final GateVerdict verdict, final List<PathChange> group) {
        final PathChange path = group.getFirst();
        final String place = GateBlame.step(path).filter(step -> !step.file().isEmpty())
            .map(step -> "file=" + property(GateSources.file(verdict.gate(), step.file()))
                + (step.line() > 0 ? ",line=" + step.line() : "") + ",")
            .orElse("");
        final String also = group.size() > 1 ? "; and on " + (group.size() - 1) + " more paths" : "";
        return "::error " + place + "title=" + property("slower: " + path.name()) + "::"
            + data(GateBlame.sentence(path) + also) + "\n";
    }

    private static String data(final String text) {
        return text.lines().map(line -> PlainName.of(line).replace("%", "%25")).collect(Collectors.joining("%0A"));
    }

    private static String property(final String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
