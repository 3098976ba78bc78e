package ringside.fastpath.interleave;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.fastpath.lab.LabFiles;

/**
 * A structure and what is to be tried on it, as it was declared: {@code docs/laboratory.md} explains each part.
 *
 * @param files     where its sources are
 * @param title     in words
 * @param units     of the structure and the actors
 * @param generator class name of a {@link ringside.fastpath.codegen.SlotGenerator} of the structure
 * @param constants of all units
 * @param emitted   constants that the generator is given in place of others
 * @param model     what it is held against
 * @param spurious  what an operation may say that is not so while another one is under way
 * @param waits     whether a CPU may wait for one that does not run: where not, that is wrong, too
 * @param drain     whether the list is emptied when all are done, so that all that is left is seen
 * @param scenarios in the declaration's order
 * @param mutants   bugs that must be found, in the declaration's order
 * @param claims    what is decided
 */
public record ScheduleDeclaration(LabFiles files, String title, List<String> units, Optional<String> generator,
        SortedMap<String, Long> constants, SortedMap<String, Long> emitted, ModelKind model, Set<Spurious> spurious,
        boolean waits, boolean drain, List<Scenario> scenarios, List<Mutant> mutants, List<ScheduleClaim> claims) {
    /** Copies the collections. */
    public ScheduleDeclaration {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(generator, "generator");
        Objects.requireNonNull(model, "model");
        spurious = Set.copyOf(spurious);
        units = List.copyOf(units);
        constants = Collections.unmodifiableSortedMap(new TreeMap<>(constants));
        emitted = Collections.unmodifiableSortedMap(new TreeMap<>(emitted));
        scenarios = List.copyOf(scenarios);
        mutants = List.copyOf(mutants);
        claims = List.copyOf(claims);
    }

    /**
     * {@return the mutant of a name}
     *
     * @param name of it
     */
    public Optional<Mutant> mutant(final String name) {
        return mutants.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /**
     * {@return the scenario of a name}
     *
     * @param name of it
     */
    public Optional<Scenario> scenario(final String name) {
        return scenarios.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
