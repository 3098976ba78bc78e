package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.SwitchGroup;
import ringside.profiler.profile.SwitchPart;
import ringside.toolchain.image.GuestImage;

/** Bantam's context switches, on the real kernel and the real machine. */
class SwitchProfileTest {
    /** Beyond the bench's trials: calls, sleeps, ticks and faults are all in it. */
    private static final long BUDGET = 1_500_000;

    private static List<SwitchGroup> switches(final Variant variant, final String model) {
        return SwitchRun.of(MachineConfig.standard(), Bantam.image(variant), Optional.empty(), BUDGET,
            Optional.of(Microarchitecture.named(model)).filter(make -> make.hardware().isPresent())).groups();
    }

    private static long cycles(final SwitchGroup group, final SwitchPart part) {
        return group.parts().get(part.ordinal()).cycles().sum();
    }

    @ParameterizedTest
    @EnumSource
    void partsOfBantamsSwitchesAddUpAndNoneIsMissing(final Variant variant) {
        final List<SwitchGroup> groups = switches(variant, "zen4");
        assertTrue(groups.stream().mapToLong(group -> group.cycles().count()).sum() > 600, groups.toString());
        for (final SwitchGroup group : groups) {
            assertEquals(0, group.residue(), group.toString());
            assertTrue(cycles(group, SwitchPart.ENTRY) > 0, group.toString());
            assertTrue(cycles(group, SwitchPart.SAVE) > 0, group.toString());
            assertTrue(cycles(group, SwitchPart.SCHEDULING) > 0, group.toString());
            if (!group.toIdle()) {
                assertTrue(cycles(group, SwitchPart.RESTORE) > 0, group.toString());
                assertTrue(cycles(group, SwitchPart.RETURN) >= 75 * group.cycles().count(), group.toString());
            }
        }
    }

    /** The change of the current thread, seen in memory alone: another witness for how many switches there were. */
    @ParameterizedTest
    @EnumSource
    void thereAreAsManyCallsAsTheirProbesSay(final Variant variant) {
        final GuestImage image = Bantam.image(variant);
        final long[] calls = new long[1];
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.PROBE);
                }

                @Override
                public void probe(final long cycle, final int cpu, final int probe, final long first,
                        final long second, final long third) {
                    calls[0] += image.probes().get(probe).kind().equals("client_call") ? 1 : 0;
                }
            });
            machine.run(Budget.steps(BUDGET));
        }
        assertEquals(256, calls[0]);
        for (final String entry : List.of("[syscall 1]", "[syscall 2]")) {
            final SwitchGroup group = switches(variant, "unit").stream()
                .filter(one -> one.entry().equals(entry) && !one.toIdle()).findFirst().orElseThrow();
            assertTrue(group.cycles().count() >= calls[0], group.toString());
        }
    }

    @Test
    void withoutAModelCyclesAreInstructionsAndNothingHasACause() {
        for (final SwitchGroup group : switches(Variant.FAST_ASM, "unit")) {
            assertEquals(0, group.residue());
            for (final SwitchGroup.Part part : group.parts()) {
                if (part.part() != SwitchPart.MISSES) {
                    assertEquals(part.instructions(), part.cycles().sum(), group.toString());
                }
                assertEquals(0, part.misses());
            }
        }
    }

    @Test
    void tableFitsEightyColumnsAndTheObjectIsTheSameEachTime() {
        final CommandRun table = CommandRun.of("profile", "--switches", "--model=skylake", "--budget=1500000");
        table.out().lines().forEach(line -> assertTrue(line.length() <= 80 && line.equals(line.stripTrailing()), line));
        assertTrue(table.out().contains("\nCPU 0, [syscall 1]: "), table.out());
        assertTrue(table.out().contains(" skylake-2\n"), table.out());
        final CommandRun object =
            CommandRun.of("profile", "--switches", "--json", "--model=skylake", "--budget=1500000");
        assertEquals(object,
            CommandRun.of("profile", "--switches", "--json", "--model=skylake", "--budget=1500000"));
        assertTrue(object.out().contains("\"residue\": 0"), object.out());
        assertFalse(object.out().contains("\"residue\": 1"), object.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tree", "--lines", "--diff=slow", "--annotate=x", "--export=svg=/dev/null"})
    void otherViewsBesideItAreRefused(final String option) {
        final CommandRun run = CommandRun.of("profile", "--switches", option);
        assertEquals(2, run.code());
        assertTrue(run.err().startsWith("ringside: --switches: "), run.err());
    }
}
