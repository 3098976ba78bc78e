package ringside.console.gate;

import java.util.List;
import java.util.Objects;
import ringside.profiler.gate.Comparison;
import ringside.profiler.gate.Measurements;
import ringside.profiler.gate.MetricChange.Fate;
import ringside.profiler.gate.PathChange;

/**
 * What became of one gate file.
 *
 * @param gate       what was under gate
 * @param run        what was measured
 * @param against    what it was held against, for people: the baseline's file, or a revision
 * @param comparison number by number
 */
public record GateVerdict(GateFile gate, GateRun run, String against, Comparison comparison) {
    /** Refuses missing parts. */
    public GateVerdict {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(against, "against");
        Objects.requireNonNull(comparison, "comparison");
    }

    /**
     * {@return what became of a gate file}
     *
     * @param gate    what was under gate
     * @param run     what was measured
     * @param against what it was held against, for people
     * @param before  the same in numbers
     */
    public static GateVerdict of(
            final GateFile gate, final GateRun run, final String against, final Measurements before) {
        return new GateVerdict(gate, run, against,
            Comparison.of(before, run.measured(), gate.policy(), run.problems()));
    }

    /** {@return whether a number is not what it may be, or not there} */
    public boolean regressed() {
        return comparison.fails();
    }

    /** {@return whether anything fails} */
    public boolean shut() {
        return regressed() || !failedScripts().isEmpty();
    }

    /** {@return the scripts that did not go through} */
    public List<GateRun.ScriptOutcome> failedScripts() {
        return run.scripts().stream().filter(script -> !script.ok()).toList();
    }

    /** {@return the paths on which something is less and nothing fails} */
    public List<PathChange> gains() {
        return comparison.paths().stream().filter(path -> !path.fails() && path.has(Fate.BETTER)).toList();
    }

    /** {@return the paths of which something is more than it was, nothing less, and nothing more than it may} */
    public List<PathChange> within() {
        return comparison.paths().stream().filter(path -> !path.fails() && !path.has(Fate.BETTER)
            && path.has(Fate.WITHIN)).toList();
    }

    /** {@return the paths of which each number is as it was} */
    public List<PathChange> same() {
        return comparison.paths().stream().filter(path -> !path.fails() && !path.changed()).toList();
    }

    /** {@return the number of cycles whose round is shown instruction by instruction; empty where none is counted} */
    public String shownCycles() {
        return gate.models().isEmpty() ? "" : "settled." + GateRun.model(gate.models().getFirst());
    }

    /** {@return how many numbers were held against another} */
    public long numbers() {
        return comparison.paths().stream().mapToLong(path -> path.metrics().size()).sum();
    }
}
