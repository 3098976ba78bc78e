package ringside.console.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
        final List<String> all = new ArrayList<>();
        for (final GateVerdict verdict : verdicts) {
            verdict.comparison().models().forEach((name, versions) -> all.add(line(
                place(GateSources.place(verdict.gate(), verdict.gate().baseline())), "model " + name,
                GateBlame.otherModel(versions))));
        }
        GateBlame.groups(verdicts).forEach(group -> all.add(line(group)));
        for (final GateVerdict verdict : verdicts) {
            verdict.failedScripts().forEach(script -> all.add(line(
                place(GateSources.place(verdict.gate(), Path.of(script.name()))),
                "script " + script.name(), script.problem())));
        }
        final StringBuilder text = new StringBuilder();
        all.stream().limit(all.size() > MOST ? MOST - 1 : MOST).forEach(text::append);
        if (all.size() > MOST) {
            text.append("::error title=ringside check::").append(all.size() - MOST + 1)
                .append(" more failures; the log has them\n");
        }
        return text.toString();
    }

    /** {@return a run that measured nothing, as one} */
    public static String failure(final String problem) {
        return line("", "ringside check", problem);
    }

    private static String line(final GateBlame.Group group) {
        final String place = GateBlame.place(group.worst())
            .flatMap(step -> GateSources.place(group.verdict().gate(), step)).map(GateAnnotations::place).orElse("");
        final int more = group.paths().size() - 1;
        return line(place, GateBlame.word(group.worst()) + ": " + group.worst().name(),
            GateBlame.sentence(group.worst()) + (more > 0 ? "; and on " + GateText.count(more, "more path") : ""));
    }

    private static String place(final GateSources.Place place) {
        return "file=" + property(place.file()) + (place.line() > 0 ? ",line=" + place.line() : "") + ",";
    }

    private static String line(final String place, final String title, final String message) {
        return "::error " + place + "title=" + property(title) + "::" + data(message) + "\n";
    }

    private static String data(final String text) {
        return text.lines().map(line -> PlainName.of(line).replace("%", "%25")).collect(Collectors.joining("%0A"));
    }

    private static String property(final String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
