package ringside.fastpath.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.WindowSpec;

/**
 * An experiment as it was declared: {@code docs/laboratory.md} explains each part.
 *
 * @param name      of the experiment
 * @param files     where its sources are
 * @param title     in words
 * @param stand     what it runs on
 * @param sources   units that all variants have
 * @param constants of all variants
 * @param machine   what it runs on unless the sweep says otherwise
 * @param sweep     what is swept, with its values
 * @param variants  in the declaration's order; one is the baseline
 * @param tasks     the processes on Bantam; none on the bare stand
 * @param programs  of Bantam, which all of them have in memory, too
 * @param trials    names of the numbers that the guest gives each trial, at most three
 * @param windows   those of every stand, then its own
 * @param warmUp    rounds of a window that are not reported
 * @param stable    whether all rounds must be the same
 * @param cold      whether each operation is also followed by cores that are made cold before it
 * @param models    followed beside the machine's own clock
 * @param budget    instructions of one run at most
 * @param claims    what is decided
 */
public record Declaration(String name, LabFiles files, String title, StandKind stand, List<String> sources,
        SortedMap<String, Long> constants, MachineSpec machine, SequencedMap<String, List<Long>> sweep,
        List<VariantSpec> variants, List<TaskSpec> tasks, List<String> programs, List<String> trials,
        List<WindowSpec> windows, int warmUp, boolean stable, boolean cold, List<Microarchitecture> models,
        long budget, List<ClaimRule> claims) {
    /** The whole of a trial on one CPU, once. */
    public static final String TRIAL = "trial";
    /** What is measured. */
    public static final String OP = "op";
    /** Around nothing: what measuring costs. */
    public static final String EMPTY = "empty";
    /** Around what is the same in all variants. */
    public static final String CONTROL = "control";

    /** The windows of every experiment. */
    static final List<WindowSpec> STANDARD = List.of(
            new WindowSpec(OP, "op_begin", "op_end"),
            new WindowSpec(EMPTY, "empty_begin", "empty_end"),
            new WindowSpec(CONTROL, "control_begin", "control_end"),
            new WindowSpec(TRIAL, "trial_begin", "trial_end"));

    /** Copies the collections. */
    public Declaration {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(files, "files");
        sources = List.copyOf(sources);
        constants = Collections.unmodifiableSortedMap(new TreeMap<>(constants));
        sweep = Collections.unmodifiableSequencedMap(sweep);
        variants = List.copyOf(variants);
        tasks = List.copyOf(tasks);
        programs = List.copyOf(programs);
        trials = List.copyOf(trials);
        windows = List.copyOf(windows);
        models = List.copyOf(models);
        claims = List.copyOf(claims);
    }

    /** {@return the variant that the others are compared with} */
    public VariantSpec baseline() {
        return variants.stream().filter(VariantSpec::baseline).findFirst().orElseThrow();
    }

    /**
     * {@return this with more models; one that is there already is not there twice}
     *
     * @param more with hardware
     */
    public Declaration withModels(final List<Microarchitecture> more) {
        final LinkedHashMap<String, Microarchitecture> all = new LinkedHashMap<>();
        models.forEach(make -> all.put(MetricName.model(make), make));
        more.forEach(make -> all.putIfAbsent(MetricName.model(make), make));
        return new Declaration(name, files, title, stand, sources, constants, machine, sweep, variants, tasks, programs,
                trials, windows, warmUp, stable, cold, List.copyOf(all.values()), budget, claims);
    }
}
