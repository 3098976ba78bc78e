package ringside.profiler.profile;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** All rounds of one window in one trial: the first measured one is the reference that the others must equal. */
final class WindowSeries {
    private final Trial trial;
    private final String window;
    private final int warmUp;
    private final LongFunction<String> places;
    private final SortedMap<String, Integer> excluded = new TreeMap<>();
    private int closed;
    private int measured;
    private int referenceRound;
    private WindowCounts reference;
    private ExecutedPath referencePath;
    private String complaint;

    WindowSeries(final Trial trial, final String window, final int warmUp, final LongFunction<String> places) {
        this.trial = trial;
        this.window = window;
        this.warmUp = warmUp;
        this.places = places;
    }

    boolean isUsed() {
        return closed > 0 || complaint != null;
    }

    void close(final OpenWindow open, final long cycle) {
        closed++;
        final WindowCounts counts = open.close(cycle);
        if (closed <= warmUp) {
            return;
        }
        if (open.disturbance() != null) {
            excluded.merge(open.disturbance(), 1, Integer::sum);
            return;
        }
        measured++;
        if (reference == null) {
            reference = counts;
            referencePath = open.takePath();
            referenceRound = closed;
        } else if (complaint == null) {
            complaint = difference(counts, open.path());
        }
    }

    /** The trial was begun a second time: its rounds would be mixed up with the first. */
    void begunAgain() {
        complaint = name() + " was begun twice; one trial is one run of rounds";
    }

    WindowProfile profile(final PhaseMarks marks) {
        if (complaint != null) {
            throw new UnstableProfileException(complaint);
        }
        if (reference == null) {
            throw new UnstableProfileException(name() + " has no round to report: " + closed + " ended, "
                    + Math.min(closed, warmUp) + " of them warm-up"
                    + (excluded.isEmpty() ? "" : ", excluded " + WindowProfile.describe(excluded)));
        }
        return new WindowProfile(trial, window, measured, warmUp, excluded, reference, referencePath.steps(marks));
    }

    private String difference(final WindowCounts counts, final ExecutedPath path) {
        final int fork = path.mismatch(referencePath);
        if (fork < 0 && counts.equals(reference)) {
            return null;
        }
        final StringBuilder text = new StringBuilder(name()).append(", round ").append(closed)
                .append(" differs from round ").append(referenceRound);
        compare(text, "kernel instructions", counts.kernelInstructions(), reference.kernelInstructions());
        compare(text, "user instructions", counts.userInstructions(), reference.userInstructions());
        compare(text, "cycles", counts.cycles(), reference.cycles());
        compare(text, "data lines", counts.data().lines(), reference.data().lines());
        compare(text, "reads", counts.data().reads(), reference.data().reads());
        compare(text, "writes", counts.data().writes(), reference.data().writes());
        compare(text, "residue", counts.residue(), reference.residue());
        for (int i = 0; i < counts.phases().size(); i++) {
            final PhaseShare phase = counts.phases().get(i);
            compare(text, "phase " + phase.name(), phase.instructions(), reference.phases().get(i).instructions());
        }
        if (fork >= 0) {
            text.append("; the paths part at instruction ").append(fork + 1).append(": ")
                    .append(place(path, fork)).append(", was ").append(place(referencePath, fork));
        }
        return text.toString();
    }

    private static void compare(final StringBuilder text, final String what, final long now, final long then) {
        if (now != then) {
            text.append("; ").append(what).append(' ').append(now).append(", was ").append(then);
        }
    }

    private String place(final ExecutedPath path, final int index) {
        return index < path.length() ? places.apply(path.address(index)) : "the end";
    }

    private String name() {
        return "window " + window + " of " + trial;
    }
}
