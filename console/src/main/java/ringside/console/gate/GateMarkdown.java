package ringside.console.gate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ringside.console.report.TextLines;
import ringside.emulator.state.OwnFile;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.MetricChange.Fate;
import ringside.profiler.gate.PathChange;

/**
 * A summary for the page of a workflow run: at most 1 MiB, the worst of all gates first; what has no room is counted.
 */
public final class GateMarkdown {
    private static final int MOST_BYTES = 1 << 20;
    private static final int ROOM_FOR_END = 200;
    private static final int COLUMNS = 100;
    private static final String NOTHING = "## \u274c Nothing was held against a baseline\n";
    private static final Pattern OURS = Pattern.compile("## [\u274c\u2705] [^\n]*\n\n\\d+ paths? against [^\n]*: "
        + "\\d+ failed, \\d+ better(?:, \\d+ models? of another version)?\\.\n");
    private static final int MOST_LINES = 200;
    private static final int MOST_LETTERS = 500;

    private GateMarkdown() {
    }

    /**
     * {@return the text}
     *
     * @param verdicts one for each gate file
     */
    public static String of(final List<GateVerdict> verdicts) {
        final boolean several = verdicts.size() > 1;
        final List<String> parts = new ArrayList<>();
        verdicts.forEach(verdict -> parts.add(heading(verdict)));
        for (final GateBlame.Group group : GateBlame.groups(verdicts)) {
            parts.add(of(several, group.verdict()) + group(group));
        }
        for (final GateVerdict verdict : verdicts) {
            verdict.failedScripts().forEach(script -> parts.add(
                of(several, verdict) + "**script " + escaped(script.name()) + "**\n\n" + fenced(script.problem())));
        }
        for (final GateVerdict verdict : verdicts) {
            details(parts, of(several, verdict), "Better, and not in the baseline yet (--update)", verdict.gains(),
                Fate.BETTER);
            details(parts, of(several, verdict), "More, and within the limits", verdict.comparison().paths().stream()
                .filter(path -> path.has(Fate.WITHIN)).toList(), Fate.WITHIN);
        }
        return fitting(parts);
    }

    /** {@return the summary of a run that measured nothing} */
    public static String failure(final String problem) {
        return NOTHING + "\n" + fenced(problem);
    }

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "a summary that check wrote", OwnFile.HEAD, head -> {
            final String text = OwnFile.text(head);
            return text.startsWith(NOTHING) || OURS.matcher(text).lookingAt();
        });
    }

    /** A part that is too large is left out, and those behind it are not. */
    private static String fitting(final List<String> parts) {
        final StringBuilder text = new StringBuilder();
        int bytes = 0;
        int left = 0;
        for (final String part : parts) {
            final int more = part.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > MOST_BYTES - ROOM_FOR_END) {
                left++;
            } else {
                bytes += more;
                text.append(part);
            }
        }
        return left == 0 ? text.toString() : text + "\n... and " + GateText.count(left, "more part")
            + ", for which there is no room.\n";
    }

    private static String heading(final GateVerdict verdict) {
        final int models = verdict.comparison().models().size();
        return "## " + (verdict.shut() ? "\u274c " : "\u2705 ") + escaped(verdict.gate().title()) + "\n\n"
            + GateText.count(verdict.comparison().paths().size(), "path") + " against "
            + escaped(verdict.against()) + ": "
            + verdict.comparison().failures().size() + " failed, " + verdict.gains().size() + " better"
            + (models == 0 ? "" : ", " + GateText.count(models, "model") + " of another version") + ".\n\n"
            + verdict.comparison().models().values().stream()
                .map(versions -> "**" + escaped(GateBlame.otherModel(versions)) + "**\n\n")
                .collect(Collectors.joining());
    }

    private static String of(final boolean several, final GateVerdict verdict) {
        return several ? "### " + escaped(verdict.gate().title()) + "\n\n" : "";
    }

    private static String group(final GateBlame.Group group) {
        if (group.worst().problem().isPresent()) {
            return "**" + escaped(group.worst().name()) + ": " + GateBlame.UNMEASURED + "**\n\n"
                + fenced(group.worst().problem().get());
        }
        return table(group.paths(), null) + "\n"
            + fenced(GateText.reasons(group.verdict(), group.worst(), COLUMNS));
    }

    private static void details(final List<String> parts, final String gate, final String title,
            final List<PathChange> paths, final Fate fate) {
        if (!paths.isEmpty()) {
            parts.add("<details><summary>" + gate.replaceAll("[#\n]", "").strip() + (gate.isEmpty() ? "" : ": ")
                + title + "</summary>\n\n" + table(paths, fate) + "\n</details>\n\n");
        }
    }

    /** Of numbers of one fate, {@code null} for all that fail. */
    private static String table(final List<PathChange> paths, final Fate fate) {
        final StringBuilder text = new StringBuilder("| path | metric | baseline | now | change | allowed |\n"
            + "|---|---|--:|--:|--:|--:|\n");
        for (final PathChange path : paths) {
            final List<MetricChange> metrics = fate == null ? path.failures()
                : path.metrics().stream().filter(metric -> metric.fate() == fate).toList();
            for (final MetricChange metric : metrics) {
                text.append("| ").append(escaped(path.name())).append(" | ").append(escaped(metric.metric()))
                    .append(" | ").append(number(metric.before())).append(" | ").append(number(metric.after()))
                    .append(" | ").append(metric.before().isPresent() && metric.after().isPresent()
                        ? String.format(Locale.ROOT, "%+d", metric.difference()) : metric.fate())
                    .append(" | ").append(metric.limit()).append(" |\n");
            }
        }
        return text.toString();
    }

    private static String number(final OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "";
    }

    /** A fence that the text cannot end; what is too long is cut in the middle. */
    private static String fenced(final String text) {
        final List<String> lines = text.stripTrailing().lines().map(line -> TextLines.middle(line, MOST_LETTERS))
            .toList();
        final int end = MOST_LINES / 2;
        final String shown = lines.size() <= MOST_LINES ? String.join("\n", lines)
            : String.join("\n", lines.subList(0, end)) + "\n... " + (lines.size() - MOST_LINES) + " more lines ...\n"
                + String.join("\n", lines.subList(lines.size() - end, lines.size()));
        return shown.isBlank() ? "" : "```text\n" + shown.replace("```", "'''") + "\n```\n\n";
    }

    /** Names come out of images. */
    static String escaped(final String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]()#+!|<>&~]", "\\\\$0").replaceAll("\\s+", " ");
    }
}
