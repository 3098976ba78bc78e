package ringside.fastpath.interleave;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ringside.fastpath.lab.BareStand;
import ringside.fastpath.lab.Generators;
import ringside.fastpath.lab.LabException;
import ringside.toolchain.image.ObjectCode;

/** What a declaration's generator emits for a scenario, as it is or with a bug in it. */
final class Emission {
    private Emission() {
    }

    /** {@return what the actors know of a scenario, and a generator unless the declaration says otherwise} */
    static Map<String, Long> constants(final ScheduleDeclaration declaration, final Scenario scenario) {
        final Map<String, Long> all = new TreeMap<>(declaration.constants());
        all.put(BareStand.CPUS, (long) scenario.cpus());
        all.put("CAPACITY", (long) scenario.capacity());
        all.put("FILL", (long) scenario.fill());
        all.put("LAST", declaration.drain() ? scenario.takingAll() : 0L);
        for (int cpu = 0; cpu < scenario.cpus(); cpu++) {
            all.put("SCRIPT_" + cpu, scenario.number(cpu));
        }
        return all;
    }

    /** {@return the units; none where there is no generator} */
    static List<ObjectCode> of(final ScheduleDeclaration declaration, final Scenario scenario,
            final Optional<Mutant> mutant) {
        if (declaration.generator().isEmpty()) {
            return List.of();
        }
        final Map<String, Long> constants = constants(declaration, scenario);
        constants.putAll(declaration.emitted());
        final String file = declaration.files().file();
        final List<ObjectCode> units = Generators.emit(file, declaration.generator().get(), constants);
        try {
            return mutant.filter(Mutant::emitted).map(bug -> EmittedCode.plant(units, bug)).orElse(units);
        } catch (final IllegalArgumentException nowhere) {
            throw new LabException(file, "mutant." + mutant.orElseThrow().name() + " in scenario." + scenario.name(),
                    nowhere.getMessage());
        }
    }

    /** {@return why a bug cannot be in a scenario's code, where it cannot} */
    static Optional<String> obstacle(final ScheduleDeclaration declaration, final Scenario scenario,
            final Mutant mutant) {
        if (!mutant.emitted()) {
            return Optional.empty();
        }
        final List<ObjectCode> units = of(declaration, scenario, Optional.empty());
        try {
            EmittedCode.plant(units, mutant);
            return Optional.empty();
        } catch (final IllegalArgumentException nowhere) {
            return Optional.of(nowhere.getMessage());
        }
    }
}
