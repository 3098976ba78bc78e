package ringside.console.history;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.console.gate.GateVerdict;

/**
 * A run of a gate. The order in which runs were appended is the order of their numbers; no clock is read.
 *
 * @param number   from 1 on, 0 for one that is not in a database
 * @param gate     name of the gate's file
 * @param title    of the gate
 * @param revision of the sources, empty where it is not known
 * @param time     what the caller says that the time was, empty where he says nothing
 * @param program  version of Ringside
 * @param shut     whether the gate was
 * @param models   name and version of each cycle model by its name in metrics
 * @param subjects what was measured
 * @param numbers  what came of it
 */
public record PastRun(long number, String gate, String title, String revision, String time, String program,
        boolean shut, SortedMap<String, String> models, List<Subject> subjects, SortedMap<Series, Long> numbers) {
    /** Copies the collections. */
    public PastRun {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(program, "program");
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        subjects = List.copyOf(subjects);
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    }

    /**
     * {@return the run that led to a verdict}
     *
     * @param verdict  what became of a gate file
     * @param revision of the sources, empty where it is not known
     * @param time     for people, empty where nobody says
     * @param program  version of Ringside
     */
    public static PastRun of(
            final GateVerdict verdict, final String revision, final String time, final String program) {
        final SortedMap<Series, Long> numbers = new TreeMap<>();
        verdict.run().measured().paths().forEach((name, path) -> path.metrics().forEach((metric, value) ->
            numbers.put(new Series(name, metric), value)));
        return new PastRun(0, verdict.gate().file().getFileName().toString(), verdict.gate().title(), revision, time,
            program, verdict.shut(), verdict.run().measured().models(),
            Subjects.of(verdict.gate()), numbers);
    }

    /** {@return the same run as one that a database has so far} */
    PastRun with(final SortedMap<String, String> otherModels, final List<Subject> otherSubjects,
            final SortedMap<Series, Long> otherNumbers) {
        return new PastRun(number, gate, title, revision, time, program, shut, otherModels, otherSubjects,
            otherNumbers);
    }

    /** {@return whether it is a run of the same gate} */
    public boolean isOf(final String file, final String name) {
        return gate.equals(file) && title.equals(name);
    }
}
