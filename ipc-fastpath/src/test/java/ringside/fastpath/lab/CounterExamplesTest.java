package ringside.fastpath.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ringside.fastpath.experiment.Progress;

/** Shipped experiments in which a published technique does harm, and what is done instead does none. */
class CounterExamplesTest {
    private static final String TWO_LOCKS = "scenario=1";
    private static final String OPPOSITE_ORDER = "scenario=3";
    private static final String SOMEBODY_LEAVES = "scenario=4";
    private static LabResult locks;

    @BeforeAll
    static void playTheScenariosOfLocks() {
        locks = run("priority-locks");
    }

    private static LabResult run(final String name) {
        return Laboratory.run(DeclarationReader.read(LabFiles.shipped(name)), Progress.SILENT);
    }

    private static long counted(final LabResult result, final String variant, final String point, final String what) {
        final List<LabRow> rows = result.rows().stream().filter(row -> row.variant().equals(variant)
                && row.window().equals(Declaration.OP) && row.point().toString().equals(point)).toList();
        assertEquals(1, rows.size(), variant + " " + point);
        return rows.getFirst().metrics().get(MetricName.COUNTER + what).max();
    }

    @Test
    void aSwitchOfSixteenBytesLosesWhatIsLiveInRegisters() {
        final LabResult switches = run("windowed-switch");
        assertTrue(counted(switches, "windowed", "LIVE=6", "corrupted") > 0);
        assertEquals(0, counted(switches, "windowed", "LIVE=0", "corrupted"));
        for (final String variant : List.of("full", "callee-saved", "windowed-sound")) {
            assertEquals(0, counted(switches, variant, "LIVE=6", "corrupted"), variant);
            assertEquals(10_000, counted(switches, variant, "LIVE=6", "switches"), variant);
        }
    }

    @Test
    void publishedInheritanceGivesAPriorityBackTooEarlyAndTheMendedOneDoesNot() {
        assertEquals(1, counted(locks, "inherit-original", TWO_LOCKS, "early"));
        assertEquals(50, counted(locks, "inherit-original", TWO_LOCKS, "inversion"));
        assertEquals(0, counted(locks, "inherit", TWO_LOCKS, "early"));
        assertEquals(0, counted(locks, "inherit", TWO_LOCKS, "inversion"));
    }

    @Test
    void anAtomicMaximumOfWaitersOutlivesTheWaiter() {
        assertTrue(counted(locks, "tracked", SOMEBODY_LEAVES, "stale") > 0);
        assertEquals(0, counted(locks, "inherit", SOMEBODY_LEAVES, "stale"));
    }

    @Test
    void inheritanceEndsInADeadlockThatTheCeilingPrevents() {
        assertEquals(1, counted(locks, "inherit-original", OPPOSITE_ORDER, "deadlock"));
        assertEquals(1, counted(locks, "inherit", OPPOSITE_ORDER, "deadlock"));
        assertEquals(0, counted(locks, "ceiling", OPPOSITE_ORDER, "deadlock"));
    }
}
