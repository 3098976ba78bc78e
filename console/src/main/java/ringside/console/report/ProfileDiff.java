package ringside.console.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;

/**
 * Two profiles, routine by routine, and where a routine differs, instruction by instruction.
 *
 * <p>Routines are the same by name, instructions by their text, in which addresses are names: code that only moved is
 * the same.
 *
 * @param before   what was
 * @param after    what is
 * @param routines those that differ, the largest change of cycles first
 */
public record ProfileDiff(Side before, Side after, List<Routine> routines) {
    /** Beyond this the alignment would take long, and nobody would read it. */
    private static final int MOST_INSTRUCTIONS = 10_000;

    /** A place inside a routine, which moves with every instruction before it. */
    private static final String INSIDE = "( [^ \\[\\]+]+)\\+0x[0-9a-f]+$";

    private static final Share NOTHING = new Share("", 0, 0, 0);

    /** Copies the list. */
    public ProfileDiff {
        routines = List.copyOf(routines);
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

    /** How the code of a routine can be held against the other's. */
    public enum Alignment {
        /** No image has code of that name: idle time for instance. */
        NO_CODE,
        /** Only the first image has it. */
        ONLY_BEFORE,
        /** Only the second image has it. */
        ONLY_AFTER,
        /** Too many instructions. */
        TOO_LONG,
        /** Instruction by instruction. */
        ALIGNED
    }

    /**
     * A routine that differs.
     *
     * @param name      of it
     * @param before    what it took
     * @param after     what it takes
     * @param alignment whether there are steps
     * @param steps     its instructions that came, went or cost something else
     */
    public record Routine(String name, Share before, Share after, Alignment alignment, List<Step> steps) {
        long change() {
            return after.cycles() - before.cycles();
        }
    }

    /** What became of an instruction. */
    public enum Fate {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** It is there and costs something else. */
        CHANGED
    }

    /**
     * An instruction of a routine that differs.
     *
     * @param fate    what became of it
     * @param text    of it
     * @param before  what it took, empty where it is new
     * @param after   what it takes, empty where it is gone
     */
    public record Step(Fate fate, String text, Optional<InstructionCost> before, Optional<InstructionCost> after) {
        long executions() {
            return after.map(InstructionCost::executions).orElse(0L)
                - before.map(InstructionCost::executions).orElse(0L);
        }

        long cycles() {
            return after.map(InstructionCost::cycles).orElse(0L) - before.map(InstructionCost::cycles).orElse(0L);
        }

        /** {@return cycles gained and lost by cause} */
        CauseCycles causes() {
            return after.map(InstructionCost::causes).orElse(CauseCycles.NONE)
                .minus(before.map(InstructionCost::causes).orElse(CauseCycles.NONE));
        }
    }

    /** An instruction with its cost; by its key it is the same as one of the other side. */
    private record Placed(String key, String text, InstructionCost cost) {
    }

    /**
     * {@return the differences}
     *
     * @param before what was
     * @param after  what is
     */
    public static ProfileDiff of(final Side before, final Side after) {
        final Map<String, Share> old = before.shares();
        final Map<String, Share> now = after.shares();
        final Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        final Map<Long, InstructionCost> oldCosts = before.costs();
        final Map<Long, InstructionCost> newCosts = after.costs();
        final List<Routine> routines = names.stream()
            .filter(name -> differs(old.get(name), now.get(name)))
            .map(name -> routine(name, old.getOrDefault(name, NOTHING), now.getOrDefault(name, NOTHING),
                before.routines().apply(name).map(listing -> placed(listing, oldCosts)),
                after.routines().apply(name).map(listing -> placed(listing, newCosts))))
            .sorted(Comparator.comparingLong((Routine routine) -> -Math.abs(routine.change()))
                .thenComparing(Routine::name)).toList();
        return new ProfileDiff(before, after, routines);
    }

    /** {@return cycles gained and lost by cause, of the whole run} */
    CauseCycles causes() {
        return after.profile().causes().minus(before.profile().causes());
    }

    /** {@return whether either side knows why cycles passed} */
    boolean hasCauses() {
        return before.profile().hasCauses() || after.profile().hasCauses();
    }

    private static boolean differs(final Share old, final Share now) {
        return old == null || now == null || old.cycles() != now.cycles() || old.instructions() != now.instructions()
            || !old.causes().equals(now.causes());
    }

    private static Routine routine(final String name, final Share old, final Share now,
            final Optional<List<Placed>> from, final Optional<List<Placed>> to) {
        final Alignment alignment;
        if (from.isEmpty() || to.isEmpty()) {
            alignment = from.isPresent() ? Alignment.ONLY_BEFORE
                : to.isPresent() ? Alignment.ONLY_AFTER : Alignment.NO_CODE;
        } else {
            alignment = Math.max(from.get().size(), to.get().size()) > MOST_INSTRUCTIONS ? Alignment.TOO_LONG
                : Alignment.ALIGNED;
        }
        return new Routine(name, old, now, alignment,
            alignment == Alignment.ALIGNED ? steps(from.orElseThrow(), to.orElseThrow()) : List.of());
    }

    private static List<Step> steps(final List<Placed> from, final List<Placed> to) {
        final List<Step> steps = new ArrayList<>();
        int oldAt = 0;
        int newAt = 0;
        final List<AbstractDelta<String>> deltas = DiffUtils.diff(from.stream().map(Placed::key).toList(),
            to.stream().map(Placed::key).toList()).getDeltas();
        for (int i = 0; i <= deltas.size(); i++) {
            final boolean last = i == deltas.size();
            final int end = last ? from.size() : deltas.get(i).getSource().getPosition();
            for (; oldAt < end; oldAt++, newAt++) {
                changed(from.get(oldAt), to.get(newAt)).ifPresent(steps::add);
            }
            if (!last) {
                final int gone = oldAt + deltas.get(i).getSource().size();
                final int come = newAt + deltas.get(i).getTarget().size();
                from.subList(oldAt, gone).forEach(one -> steps.add(
                    new Step(Fate.REMOVED, one.text(), Optional.of(one.cost()), Optional.empty())));
                to.subList(newAt, come).forEach(one -> steps.add(
                    new Step(Fate.ADDED, one.text(), Optional.empty(), Optional.of(one.cost()))));
                oldAt = gone;
                newAt = come;
            }
        }
        return List.copyOf(steps);
    }

    private static Optional<Step> changed(final Placed old, final Placed now) {
        final boolean same = old.cost().executions() == now.cost().executions()
            && old.cost().cycles() == now.cost().cycles() && old.cost().causes().equals(now.cost().causes());
        return same ? Optional.empty()
            : Optional.of(new Step(Fate.CHANGED, now.text(), Optional.of(old.cost()), Optional.of(now.cost())));
    }

    private static List<Placed> placed(final Listing listing, final Map<Long, InstructionCost> costs) {
        return listing.instructions().stream().map(line -> {
            final String text = AnnotatedListing.text(line);
            final InstructionCost cost = costs.get(line.address());
            return new Placed(text.replaceFirst(INSIDE, "$1"), text, cost != null ? cost
                : new InstructionCost(line.address(), listing.name(), 0, 0, 0, 0, 0, CauseCycles.NONE));
        }).toList();
    }
}
