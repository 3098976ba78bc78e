package ringside.console.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;

/**
 * Two profiles, routine by routine, and where a routine differs, instruction by instruction.
 *
 * <p>Routines are the same by name, instructions by their text, in which addresses are names: code that only moved is
 * the same.
 */
public final class ProfileDiff {
    /** Beyond this the alignment would take long, and nobody would read it. */
    private static final int MOST_INSTRUCTIONS = 10_000;

    /** A place inside a routine, which moves with every instruction before it. */
    private static final String INSIDE = "( [^ \\[\\]+]+)\\+0x[0-9a-f]+$";

    private final Side before;
    private final Side after;
    private final List<String> lines = new ArrayList<>();

    private ProfileDiff(final Side before, final Side after) {
        this.before = before;
        this.after = after;
    }

    /**
     * One of the two.
     *
     * @param title    what ran
     * @param profile  of it
     * @param routines the code of a routine; empty where the image has none of that name
     */
    public record Side(String title, CodeProfile profile, Function<String, Optional<Listing>> routines) {
        private Map<String, Share> shares() {
            return profile.routines().stream().collect(Collectors.toMap(Share::name, Function.identity()));
        }

        private Map<Long, InstructionCost> costs() {
            return profile.addresses().stream()
                .collect(Collectors.toMap(InstructionCost::address, Function.identity()));
        }
    }

    /** An instruction with its cost; by its key it is the same as one of the other side. */
    private record Step(String key, String text, long executions, long cycles) {
    }

    /**
     * {@return the differences, ending in a line feed}
     *
     * @param before what was
     * @param after  what is
     * @param top    how many routines at most
     */
    public static String of(final Side before, final Side after, final int top) {
        final ProfileDiff diff = new ProfileDiff(before, after);
        diff.write(top);
        return String.join("\n", diff.lines) + "\n";
    }

    private void write(final int top) {
        lines.add("- " + before.title());
        lines.add("+ " + after.title());
        lines.add("");
        final String unit = "cycles (" + after.profile().model() + ")";
        lines.add(String.format(Locale.ROOT, "%14s %14s %14s", "before", "after", "change"));
        total("instructions", before.profile().totalInstructions(), after.profile().totalInstructions());
        total(unit, before.profile().totalCycles(), after.profile().totalCycles());
        final Map<String, Share> old = before.shares();
        final Map<String, Share> now = after.shares();
        final Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        final List<String> differing = names.stream().filter(name -> differs(old.get(name), now.get(name)))
            .sorted(Comparator.comparingLong((String name) -> -Math.abs(change(old, now, name)))
                .thenComparing(Function.identity())).toList();
        lines.add("");
        if (differing.isEmpty()) {
            lines.add("No routine differs.");
            return;
        }
        lines.add("By routine, " + unit + (differing.size() > top
            ? ", the " + top + " of " + differing.size() + " that differ most" : ", where they differ"));
        lines.add(String.format(Locale.ROOT, "%14s %14s %14s  %s", "before", "after", "change", "routine"));
        final List<String> shown = differing.subList(0, Math.min(top, differing.size()));
        shown.forEach(name -> total(name, cycles(old, name), cycles(now, name)));
        final Map<Long, InstructionCost> oldCosts = before.costs();
        final Map<Long, InstructionCost> newCosts = after.costs();
        shown.forEach(name -> routine(name, oldCosts, newCosts));
    }

    private void total(final String name, final long old, final long now) {
        lines.add(ProfileText.cut(String.format(Locale.ROOT, "%14d %14d %+14d  %s", old, now, now - old, name)));
    }

    private static boolean differs(final Share old, final Share now) {
        return old == null || now == null || old.cycles() != now.cycles() || old.instructions() != now.instructions();
    }

    private static long cycles(final Map<String, Share> shares, final String name) {
        return shares.containsKey(name) ? shares.get(name).cycles() : 0;
    }

    private static long change(final Map<String, Share> old, final Map<String, Share> now, final String name) {
        return cycles(now, name) - cycles(old, name);
    }

    private void routine(final String name, final Map<Long, InstructionCost> oldCosts,
            final Map<Long, InstructionCost> newCosts) {
        final Optional<Listing> old = before.routines().apply(name);
        final Optional<Listing> now = after.routines().apply(name);
        if (old.isEmpty() && now.isEmpty()) {
            return;
        }
        lines.add("");
        if (old.isEmpty() || now.isEmpty()) {
            lines.add(ProfileText.cut(name + ": only " + (old.isEmpty() ? "after" : "before")));
            return;
        }
        final List<Step> from = steps(old.get(), oldCosts);
        final List<Step> to = steps(now.get(), newCosts);
        if (Math.max(from.size(), to.size()) > MOST_INSTRUCTIONS) {
            lines.add(ProfileText.cut(name + ": too long to be compared"));
            return;
        }
        final int head = lines.size();
        int added = 0;
        int removed = 0;
        int changed = 0;
        int oldAt = 0;
        int newAt = 0;
        final List<AbstractDelta<String>> deltas = DiffUtils.diff(from.stream().map(Step::key).toList(),
            to.stream().map(Step::key).toList()).getDeltas();
        for (int i = 0; i <= deltas.size(); i++) {
            final boolean last = i == deltas.size();
            final int end = last ? from.size() : deltas.get(i).getSource().getPosition();
            for (; oldAt < end; oldAt++, newAt++) {
                changed += same(from.get(oldAt), to.get(newAt));
            }
            if (!last) {
                final int gone = deltas.get(i).getSource().size();
                final int come = deltas.get(i).getTarget().size();
                from.subList(oldAt, oldAt + gone).forEach(step -> step('-', step, -step.executions(), -step.cycles()));
                to.subList(newAt, newAt + come).forEach(step -> step('+', step, step.executions(), step.cycles()));
                oldAt += gone;
                newAt += come;
                removed += gone;
                added += come;
            }
        }
        lines.add(head, ProfileText.cut(String.format(Locale.ROOT,
            "%s: %d instructions added, %d removed, %d of another cost", name, added, removed, changed)));
        if (added + removed + changed > 0) {
            lines.add(head + 1, String.format(Locale.ROOT, "  %14s %14s", "executions", "cycles"));
        }
    }

    private int same(final Step old, final Step now) {
        if (old.executions() == now.executions() && old.cycles() == now.cycles()) {
            return 0;
        }
        step('~', now, now.executions() - old.executions(), now.cycles() - old.cycles());
        return 1;
    }

    private void step(final char mark, final Step step, final long executions, final long cycles) {
        lines.add(ProfileText.cut(String.format(Locale.ROOT, "%s %+14d %+14d  %s", mark, executions, cycles,
            step.text())));
    }

    private static List<Step> steps(final Listing listing, final Map<Long, InstructionCost> costs) {
        return listing.instructions().stream().map(line -> {
            final InstructionCost cost = costs.get(line.address());
            final String text = AnnotatedListing.text(line);
            return new Step(text.replaceFirst(INSIDE, "$1"), text, cost == null ? 0 : cost.executions(),
                cost == null ? 0 : cost.cycles());
        }).toList();
    }
}
