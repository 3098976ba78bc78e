package ringside.console.gate;

import java.util.List;
import java.util.Objects;
import ringside.profiler.gate.Comparison;
import ringside.profiler.gate.MetricChange;
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

    /** {@return whether a number is not what it may be} */
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
        return comparison.paths().stream().filter(path -> !path.fails() && path.metrics().stream()
            .anyMatch(metric -> metric.fate() == MetricChange.Fate.BETTER)).toList();
    }

    /** {@return how many numbers were held against another} */
    public long numbers() {
        return comparison.paths().stream().mapToLong(path -> path.metrics().size()).sum();
    }
}
