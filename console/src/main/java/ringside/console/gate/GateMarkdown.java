package ringside.console.gate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import ringside.emulator.state.OwnFile;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.PathChange;

/** A summary for the page of a workflow run: at most 1 MiB, worst first; what has no room is counted. */
public final class GateMarkdown {
    private static final int MOST_BYTES = 1 << 20;
    private static final int ROOM_FOR_END = 200;
    private static final int COLUMNS = 100;
    private static final String NOTHING = "## \u274c Nothing was held against a baseline\n";
    private static final Pattern OURS =
        Pattern.compile("## [\u274c\u2705] [^\n]*\n\n\\d+ paths? against [^\n]*: \\d+ failed, \\d+ better\\.\n");

    private GateMarkdown() {
    }

    /**
     * {@return the text}
     *
     * @param verdicts one for each gate file
     */
    public static String of(final List<GateVerdict> verdicts) {
        final List<String> parts = new ArrayList<>();
        for (final GateVerdict verdict : verdicts) {
            parts.add("## " + (verdict.shut() ? "\u274c " : "\u2705 ") + escaped(verdict.gate().title()) + "\n\n"
                + GateText.count(verdict.comparison().paths().size(), "path") + " against "
                + escaped(verdict.against()) + ": "
                + verdict.comparison().failures().size() + " failed, " + verdict.gains().size() + " better.\n\n");
            for (final List<PathChange> group : SameChange.groups(verdict.comparison().failures())) {
                parts.add(group(group));
            }
            for (final GateRun.ScriptOutcome script : verdict.failedScripts()) {
                parts.add("**script " + escaped(script.name()) + "**\n\n" + fenced(script.problem()));
            }
            if (!verdict.gains().isEmpty()) {
                parts.add("<details><summary>Better</summary>\n\n" + table(verdict.gains(), false)
                    + "\n</details>\n\n");
            }
        }
        final StringBuilder text = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < parts.size(); i++) {
            final int more = parts.get(i).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > MOST_BYTES - ROOM_FOR_END) {
                return text.append("\n... and ").append(parts.size() - i)
                    .append(" parts more, for which there is no room.\n").toString();
            }
            bytes += more;
            text.append(parts.get(i));
        }
        return text.toString();
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

    private static String group(final List<PathChange> group) {
        return table(group, true) + "\n" + fenced(GateText.instructions(group.getFirst(), COLUMNS));
    }

    private static String table(final List<PathChange> paths, final boolean failures) {
        final StringBuilder text = new StringBuilder("| path | metric | baseline | now | change | allowed |\n"
            + "|---|---|--:|--:|--:|--:|\n");
        for (final PathChange path : paths) {
            for (final MetricChange metric : failures ? path.failures() : path.metrics()) {
                if (failures || metric.fate() == MetricChange.Fate.BETTER) {
                    text.append("| ").append(escaped(path.name())).append(" | ").append(escaped(metric.metric()))
                        .append(" | ").append(number(metric.before())).append(" | ").append(number(metric.after()))
                        .append(" | ").append(metric.before().isPresent() && metric.after().isPresent()
                            ? String.format(Locale.ROOT, "%+d", metric.difference()) : metric.fate())
                        .append(" | ").append(metric.limit()).append(" |\n");
                }
            }
        }
        return text.toString();
    }

    private static String number(final OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "";
    }

    /** A fence that the text cannot end. */
    private static String fenced(final String text) {
        return text.isBlank() ? "" : "```text\n" + text.replace("```", "'''").stripTrailing() + "\n```\n\n";
    }

    /** Names come out of images. */
    static String escaped(final String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]()#+!|<>&~]", "\\\\$0").replaceAll("\\s+", " ");
    }
}
