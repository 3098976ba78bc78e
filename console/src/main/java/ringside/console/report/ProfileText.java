package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CpuTime;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.SourceLine;

/** A profile for people, in 80 columns. Every table adds up to the run, and says so where it is cut. */
public final class ProfileText {
    private static final int COLUMNS = 80;
    private static final int NAME_COLUMNS = 42;
    /** Deep trees keep to the width: beyond it only the number of levels is said. */
    private static final int MOST_INDENTS = 8;
    private static final double PERCENT = 100.0;

    private final CodeProfile profile;
    private final List<String> lines = new ArrayList<>();

    private ProfileText(final CodeProfile profile) {
        this.profile = profile;
    }

    /**
     * {@return the routines and what else the run can be divided by, ending in a line feed}
     *
     * @param profile of a run
     * @param title   what ran
     * @param top     how many rows of a table at most
     */
    public static String top(final CodeProfile profile, final String title, final int top) {
        final ProfileText text = new ProfileText(profile);
        text.head(title);
        text.table("By routine", "routine", profile.routines(), top);
        text.table("By what the kernel was entered for", "entered for, how often", counted(profile.entries()), top);
        text.table("The kernel's instructions by phase", "phase", profile.phases(), top);
        text.table("By address space", "root of the page tables", profile.spaces(), top);
        text.cpus();
        return text.toString();
    }

    /**
     * {@return the source lines by cost, ending in a line feed}
     *
     * @param profile of a run
     * @param image   that ran
     * @param title   what ran
     * @param top     how many lines at most
     * @param sources where their words may be read
     */
    public static String lines(final CodeProfile profile, final GuestImage image, final String title, final int top,
            final SourceTexts sources) {
        final ProfileText text = new ProfileText(profile);
        text.head(title);
        final List<Share> shares = profile.by(cost -> image.lines().at(cost.address()).map(SourceLine::toString)
            .orElse("[no source line]"));
        text.heading("By source line", "line", shares.size(), top);
        for (final Share share : shares.subList(0, Math.min(top, shares.size()))) {
            text.row(share);
            final int colon = share.name().lastIndexOf(':');
            if (colon > 0 && !share.name().startsWith("[")) {
                final Optional<String> words = sources.text(new SourceLine(share.name().substring(0, colon),
                    Integer.parseInt(share.name().substring(colon + 1))));
                words.ifPresent(word -> text.lines.add(cut(" ".repeat(COLUMNS - NAME_COLUMNS + 2) + word)));
            }
        }
        text.rest(shares, top);
        return text.toString();
    }

    /**
     * {@return the dearest calls as a tree, ending in a line feed}
     *
     * @param profile with calls
     * @param title   what ran
     * @param top     how many rows at most
     */
    public static String tree(final CodeProfile profile, final String title, final int top) {
        final ProfileText text = new ProfileText(profile);
        text.head(title);
        final CallNode root = profile.tree().orElseThrow().merged();
        final List<Long> costs = new ArrayList<>();
        collect(root, costs);
        costs.sort(Comparator.reverseOrder());
        // The root has no row. A caller is never cheaper than what it calls, so that every row hangs on one.
        final long least = costs.get(Math.min(top, costs.size() - 1));
        text.lines.add("");
        text.lines.add(costs.size() - 1 <= top ? "Calls, what is called below what calls it"
            : "Calls, what is called below what calls it; left out: what took less than " + least);
        text.lines.add(String.format(Locale.ROOT, "%14s %7s %13s %9s  %s", "cycles (" + profile.model() + ")", "share",
            "of its own", "calls", "routine"));
        root.children().forEach(node -> text.node(node, 0, least));
        if (profile.tooDeep() > 0) {
            text.lines.add(profile.tooDeep() + " calls were too deep to follow; they count under their caller.");
        }
        return text.toString();
    }

    private static void collect(final CallNode node, final List<Long> costs) {
        costs.add(node.totalCycles());
        node.children().forEach(child -> collect(child, costs));
    }

    private static List<Share> counted(final List<Share> shares) {
        return shares.stream().map(share -> share.count() == 0 ? share
            : new Share(share.name() + " x " + share.count(), 0, share.instructions(), share.cycles())).toList();
    }

    private void head(final String title) {
        final double idle = percent(profile.idleCycles());
        lines.add(title);
        lines.add(String.format(Locale.ROOT, "%d instructions; %d cycles (%s) of %d CPU%s, %.1f %% of them idle",
            profile.totalInstructions(), profile.totalCycles(), profile.model(), profile.cpus().size(),
            profile.cpus().size() == 1 ? "" : "s", idle));
    }

    private void table(final String what, final String column, final List<Share> shares, final int top) {
        if (!shares.isEmpty()) {
            heading(what, column, shares.size(), top);
            shares.stream().limit(top).forEach(this::row);
            rest(shares, top);
        }
    }

    private void heading(final String what, final String column, final int rows, final int top) {
        lines.add("");
        lines.add(what + (rows > top ? ", the dearest " + top + " of " + rows : ""));
        lines.add(String.format(Locale.ROOT, "%14s %7s %13s  %s", "cycles (" + profile.model() + ")", "share",
            "instructions", column));
    }

    private void row(final Share share) {
        lines.add(cut(String.format(Locale.ROOT, "%14d %5.1f %% %13d  %s", share.cycles(), percent(share.cycles()),
            share.instructions(), share.name())));
    }

    private void rest(final List<Share> shares, final int top) {
        if (shares.size() > top) {
            final List<Share> hidden = shares.subList(top, shares.size());
            row(new Share("and " + hidden.size() + " more", 0, hidden.stream().mapToLong(Share::instructions).sum(),
                hidden.stream().mapToLong(Share::cycles).sum()));
        }
    }

    private void cpus() {
        lines.add("");
        lines.add("By CPU");
        lines.add(String.format(Locale.ROOT, "%14s %13s %13s  %s", "cycles (" + profile.model() + ")", "idle",
            "instructions", "CPU, at level 0 and 3"));
        for (final CpuTime cpu : profile.cpus()) {
            final long user = profile.instructions().stream().filter(c -> c.cpu() == cpu.cpu() && c.level() != 0)
                .mapToLong(InstructionCost::executions).sum();
            lines.add(String.format(Locale.ROOT, "%14d %13d %13d  %d: %d+%d", cpu.end() - cpu.start(),
                cpu.idleCycles(), cpu.instructions(), cpu.cpu(), cpu.instructions() - user, user));
        }
    }

    private void node(final CallNode node, final int depth, final long least) {
        if (node.totalCycles() < least) {
            return;
        }
        final String indent = depth <= MOST_INDENTS ? "  ".repeat(depth)
            : "  ".repeat(MOST_INDENTS) + "+" + (depth - MOST_INDENTS) + " ";
        lines.add(cut(String.format(Locale.ROOT, "%14d %5.1f %% %13d %9d  %s%s", node.totalCycles(),
            percent(node.totalCycles()), node.cycles(), node.calls(), indent, node.name())));
        node.children().forEach(child -> node(child, depth + 1, least));
    }

    private double percent(final long cycles) {
        return profile.totalCycles() == 0 ? 0 : PERCENT * cycles / profile.totalCycles();
    }

    static String cut(final String line) {
        return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 1) + "\u2026";
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
