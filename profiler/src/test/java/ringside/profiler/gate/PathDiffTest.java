package ringside.profiler.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.profiler.gate.PathDiff.Fate;

class PathDiffTest {
    private static List<String> of(final PathDiff diff, final Fate fate) {
        return diff.of(fate).stream().map(step -> step.shown().text()).toList();
    }

    @Test
    void oneMoreInstructionIsThatInstructionAndItsLine() {
        final PathDiff diff = PathDiff.of(
                List.of(Paths.step("swapgs", 0, 3), Paths.step("mov rax, rbx", 0, 1), Paths.step("sysretq", 0, 9)),
                List.of(Paths.step("swapgs", 1, 3), Paths.step("nop", 2, 0), Paths.step("mov rax, rbx", 3, 1),
                        Paths.step("sysretq", 4, 9)));

        assertEquals(List.of("nop"), of(diff, Fate.ADDED));
        assertEquals("fast.asm:2", diff.of(Fate.ADDED).getFirst().shown().place());
        assertEquals(List.of(), of(diff, Fate.REMOVED));
        assertEquals(3, diff.of(Fate.KEPT).size());
        assertFalse(diff.sameInstructions());
    }

    @Test
    void whatOnlyStandsElsewhereHasMoved() {
        final PathDiff diff = PathDiff.of(
                List.of(Paths.step("a", 0, 1), Paths.step("b", 0, 1), Paths.step("c", 0, 1)),
                List.of(Paths.step("b", 1, 1), Paths.step("c", 2, 1), Paths.step("a", 3, 6)));

        assertEquals(List.of("a"), of(diff, Fate.MOVED));
        assertEquals(5, diff.of(Fate.MOVED).getFirst().cycles());
        assertEquals(List.of(), of(diff, Fate.ADDED));
        assertEquals(List.of(), of(diff, Fate.REMOVED));
        assertEquals(Map.of("L1", 5L), diff.causes());
    }

    @Test
    void everyInstructionOfBothSidesIsThereOnceAndTheCyclesAddUp() {
        for (int seed = 0; seed < 300; seed++) {
            final Random random = new Random(seed);
            final List<GateStep> before = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                before.add(Paths.step("i" + random.nextInt(8), 0, random.nextInt(5)));
            }
            final List<GateStep> after = new ArrayList<>(before);
            for (int i = random.nextInt(5); i > 0; i--) {
                final int at = random.nextInt(after.size() + 1);
                if (random.nextBoolean() || after.isEmpty()) {
                    after.add(at, Paths.step("i" + random.nextInt(8), 0, random.nextInt(5)));
                } else {
                    after.remove(at % after.size());
                }
            }
            if (random.nextInt(4) == 0) {
                Collections.shuffle(after, random);
            }
            final PathDiff diff = PathDiff.of(before, after);

            assertEquals(before.size(), diff.steps().stream().filter(step -> step.before().isPresent()).count());
            assertEquals(after, diff.steps().stream().flatMap(step -> step.after().stream()).toList(), "seed=" + seed);
            assertEquals(sum(after) - sum(before), diff.steps().stream().mapToLong(PathDiff.Step::cycles).sum());
            assertEquals(sum(after) - sum(before), diff.causes().values().stream().mapToLong(Long::longValue).sum());
            assertTrue(!before.equals(after) || diff.sameInstructions());
        }
    }

    private static long sum(final List<GateStep> steps) {
        return steps.stream().mapToLong(GateStep::cycles).sum();
    }
}
