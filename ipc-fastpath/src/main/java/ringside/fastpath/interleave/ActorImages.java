package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import ringside.fastpath.lab.BareStand;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ObjectCode;

/**
 * Builds a declared structure with its actors, as it is or with a bug in it. A source with a bug is another file, and
 * so is one that includes it: {@code mutant/NAME/} and the path that it has without. All units see how many CPUs there
 * are and the capacity, the actors and a generator all of the scenario's constants, and a generator its own.
 */
final class ActorImages implements AutoCloseable {
    private static final String MUTANTS = "mutant/";

    private final ScheduleDeclaration declaration;
    private final SourceTree sources;
    private final Assembler assembler;
    private final Map<Part, ObjectCode> objects = new HashMap<>();

    ActorImages(final ScheduleDeclaration declaration) {
        this.declaration = declaration;
        final SourceTree plain = declaration.files().sources();
        final Map<String, String> mutated = new HashMap<>();
        for (final Mutant mutant : declaration.mutants().stream().filter(one -> !one.emitted()).toList()) {
            mutated.put(path(mutant, mutant.file()), mutant.plant(plain).read(mutant.file()).orElseThrow());
            declaration.units().stream().filter(unit -> mutant.isIncluded(plain, unit)).forEach(unit ->
                    mutated.put(path(mutant, unit), plain.read(unit).orElseThrow().replace(
                            Mutant.include(mutant.file()), Mutant.include(path(mutant, mutant.file())))));
        }
        sources = SourceTree.of(mutated).over(plain);
        assembler = Assembler.start(sources);
    }

    /** A unit with the constants that it was assembled with. */
    private record Part(String unit, Map<String, Long> constants) {
    }

    private static String path(final Mutant mutant, final String file) {
        return MUTANTS + mutant.name() + "/" + file;
    }

    /** {@return all sources, those with bugs among them} */
    SourceTree sources() {
        return sources;
    }

    synchronized GuestImage build(final Scenario scenario, final Optional<Mutant> mutant) {
        final Map<String, Long> common = new TreeMap<>(declaration.constants());
        common.put(BareStand.CPUS, (long) scenario.cpus());
        common.put("CAPACITY", (long) scenario.capacity());
        final Map<String, Long> own = Emission.constants(declaration, scenario);
        final List<ObjectCode> code = new ArrayList<>();
        for (final String unit : Stream.concat(BareStand.units().stream(), declaration.units().stream()).toList()) {
            final String file = mutant.map(bug -> path(bug, unit)).filter(path -> sources.read(path).isPresent())
                    .orElse(unit);
            code.add(objects.computeIfAbsent(
                    new Part(file, unit.equals(declaration.units().getLast()) ? own : common),
                    part -> assembler.assemble(part.unit, part.constants)));
        }
        code.addAll(Emission.of(declaration, scenario, mutant));
        return BareStand.link(declaration.files().name() + "-" + scenario.name() + ".elf", code);
    }

    @Override
    public void close() {
        assembler.close();
    }
}
