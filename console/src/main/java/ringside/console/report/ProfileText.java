package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CpuTime;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.SourceLine;

/** A profile for people, in 80 columns or as wide as the terminal. Every table adds up to the run. */
public final class ProfileText {
    /** Columns where nobody says how wide the terminal is. */
    public static final int COLUMNS = 80;

    /** Deep trees keep to the width: beyond it only the number of levels is said. */
    private static final int MOST_INDENTS = 8;
    /** Columns before a name in a table without causes. */
    private static final int NUMBERS = 36;
    private static final double PERCENT = 100.0;

    private final CodeProfile profile;
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    private ProfileText(final CodeProfile profile, final int columns) {
        this.profile = profile;
        this.columns = columns;
    }

    /**
     * {@return the routines and what else the run can be divided by, ending in a line feed}
     *
     * @param profile of a run
     * @param image   that ran
     * @param title   what ran
     * @param top     how many rows of a table at most
     * @param columns how wide
     */
    public static String top(final CodeProfile profile, final GuestImage image, final String title, final int top,
            final int columns) {
        final ProfileText text = new ProfileText(profile, columns);
        text.head(title);
        for (final RollUp by : List.of(RollUp.ROUTINE, RollUp.ENTRY, RollUp.PHASE, RollUp.THREAD, RollUp.SPACE)) {
            text.table(by, by.shares(profile, image), top);
        }
        if (profile.hasCauses()) {
            text.causes();
        }
        text.cpus();
        return text.toString();
    }

    /**
     * {@return one table, ending in a line feed}
     *
     * @param by      what a row is
     * @param profile of a run
     * @param image   that ran
     * @param title   what ran
     * @param top     how many rows at most
     * @param sources where the words of lines may be read
     * @param columns how wide
     */
    public static String by(final RollUp by, final CodeProfile profile, final GuestImage image, final String title,
            final int top, final SourceTexts sources, final int columns) {
        final ProfileText text = new ProfileText(profile, columns);
        text.head(title);
        final List<Share> shares = by.shares(profile, image);
        if (by == RollUp.THREAD && shares.isEmpty()) {
            text.lines.add("No thread is known: the image has no probe context_switch, and calls were not followed.");
        } else if (by == RollUp.LINE) {
            text.lines(shares, top, sources);
        } else if (by != RollUp.CAUSE) {
            text.table(by, shares, top);
        } else if (profile.hasCauses()) {
            text.causes();
        }
        return text.toString();
    }

    private void lines(final List<Share> shares, final int top, final SourceTexts sources) {
        heading(RollUp.LINE, shares.size(), top);
        for (final Share share : shares.subList(0, Math.min(top, shares.size()))) {
            row(share);
            final int colon = share.name().lastIndexOf(':');
            if (colon > 0 && !share.name().startsWith("[")) {
                final Optional<String> words = sources.text(new SourceLine(share.name().substring(0, colon),
                    Integer.parseInt(share.name().substring(colon + 1))));
                words.ifPresent(word -> lines.add(cut(" ".repeat(NUMBERS + 2) + word, columns)));
            }
        }
        rest(shares, top);
    }

    /**
     * {@return the dearest calls as a tree, ending in a line feed}
     *
     * @param profile with calls
     * @param title   what ran
     * @param top     how many rows at most
     * @param columns how wide
     */
    public static String tree(final CodeProfile profile, final String title, final int top, final int columns) {
        final ProfileText text = new ProfileText(profile, columns);
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
        text.lines.add(String.format(Locale.ROOT, "%14s %7s %13s %9s  %s", "cycles", "share", "of its own", "calls",
            "routine"));
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

    private void head(final String title) {
        final double idle = percent(profile.idleCycles());
        lines.add(title);
        lines.add(String.format(Locale.ROOT, "%d instructions; %d cycles (%s) of %d CPU%s, %.1f %% of them idle",
            profile.totalInstructions(), profile.totalCycles(), profile.model(), profile.cpus().size(),
            profile.cpus().size() == 1 ? "" : "s", idle));
        if (!profile.hasCauses()) {
            lines.add(profile.model() + " knows no causes of cycles; --model zen4 does.");
        }
    }

    private void table(final RollUp by, final List<Share> shares, final int top) {
        if (!shares.isEmpty()) {
            heading(by, shares.size(), top);
            shares.stream().limit(top).forEach(this::row);
            rest(shares, top);
        }
    }

    private void heading(final RollUp by, final int rows, final int top) {
        lines.add("");
        lines.add(by.heading() + (rows > top ? ", the dearest " + top + " of " + rows : ""));
        lines.add(String.format(Locale.ROOT, "%13s %7s %12s  %s%s", "cycles", "share", "instructions",
            profile.hasCauses() ? CauseText.HEADING + "  " : "", by.column()));
    }

    private void row(final Share share) {
        lines.add(cut(String.format(Locale.ROOT, "%13d %5.1f %% %12d  %s%s", share.cycles(), percent(share.cycles()),
            share.instructions(), profile.hasCauses() ? CauseText.main(share.causes()) + "  " : "", share.name()),
            columns));
    }

    private void rest(final List<Share> shares, final int top) {
        if (shares.size() > top) {
            final List<Share> hidden = shares.subList(top, shares.size());
            row(new Share("and " + hidden.size() + " more", 0, hidden.stream().mapToLong(Share::instructions).sum(),
                hidden.stream().mapToLong(Share::cycles).sum(),
                hidden.stream().map(Share::causes).reduce(CauseCycles.NONE, CauseCycles::plus)));
        }
    }

    /** Each cause with the routine that has most of it. */
    private void causes() {
        lines.add("");
        lines.add(RollUp.CAUSE.heading());
        lines.add(String.format(Locale.ROOT, "%13s %7s  %-10s  %s", "cycles", "share", "cause", "most of it in"));
        final List<Share> routines = profile.routines();
        for (final Share share : RollUp.causes(profile)) {
            final Cause cause = share.causes().main().orElseThrow();
            final Share most = routines.stream()
                .max(Comparator.comparingLong(routine -> routine.causes().of(cause))).orElseThrow();
            lines.add(cut(String.format(Locale.ROOT, "%13d %5.1f %%  %-10s  %5.1f %%  %s", share.cycles(),
                percent(share.cycles()), share.name(), PERCENT * most.causes().of(cause) / share.cycles(),
                most.name()), columns));
        }
    }

    private void cpus() {
        lines.add("");
        lines.add("By CPU");
        lines.add(String.format(Locale.ROOT, "%14s %13s %13s  %s", "cycles", "idle",
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
            percent(node.totalCycles()), node.cycles(), node.calls(), indent, node.name()), columns));
        node.children().forEach(child -> node(child, depth + 1, least));
    }

    private double percent(final long cycles) {
        return profile.totalCycles() == 0 ? 0 : PERCENT * cycles / profile.totalCycles();
    }

    static String cut(final String line, final int columns) {
        return line.length() <= columns ? line : line.substring(0, columns - 1) + "\u2026";
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
