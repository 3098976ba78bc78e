package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.profiler.model.Cause;
import ringside.profiler.model.CauseFeed;
import ringside.toolchain.image.Probe;

class CpuWindowsTest {
    private static final List<Probe> PROBES = List.of(probe("begin"), probe("end"), probe("op_begin"), probe("op_end"));
    private static final int BEGIN = 0;
    private static final int END = 1;
    private static final int OP_BEGIN = 2;
    private static final int OP_END = 3;
    private static final WindowPlan PLAN = new WindowPlan("begin", "end",
            List.of(new WindowSpec("op", "op_begin", "op_end"), new WindowSpec("whole", "begin", "end")), "phase_",
            List.of(), 0);

    private final CauseFeed causes = new CauseFeed(2);
    private final CpuWindows windows = new CpuWindows(PLAN, PROBES, 2, causes, true, Set.of("op"));
    private final long[] cycle = new long[2];

    private static Probe probe(final String kind) {
        return new Probe(kind, 0, List.of("rsp"));
    }

    private void mark(final int cpu, final int probe) {
        windows.probe(cycle[cpu], cpu, probe, 7, 0, 0);
    }

    private void run(final int cpu, final long address, final long cost, final Cause cause) {
        cycle[cpu] += cost;
        causes.cost(cpu, address, cost, cause);
        windows.instruction(cycle[cpu], cpu, address, 1, 0);
    }

    private List<CpuRound> rounds(final int cpu, final String window) {
        return windows.windows().stream().filter(one -> one.cpu() == cpu && one.window().equals(window))
                .flatMap(one -> one.rounds().stream()).toList();
    }

    @Test
    void aWindowBelongsToTheCpuThatOpenedIt() {
        mark(0, BEGIN);
        mark(1, BEGIN);
        mark(0, OP_BEGIN);
        run(0, 1, 3, Cause.L1);
        run(1, 2, 50, Cause.DRAM);
        mark(1, OP_BEGIN);
        run(1, 3, 1, Cause.WIDTH);
        mark(0, OP_END);
        mark(1, OP_END);
        assertEquals(List.of(3L), rounds(0, "op").stream().map(CpuRound::cycles).toList());
        assertEquals(List.of(1L), rounds(1, "op").stream().map(CpuRound::cycles).toList());
    }

    @Test
    void outsideOfACpusOwnTrialNothingCounts() {
        mark(0, BEGIN);
        mark(1, OP_BEGIN);
        run(1, 1, 1, Cause.WIDTH);
        mark(1, OP_END);
        assertEquals(List.of(), rounds(1, "op"));
    }

    @Test
    void aLoopMayBeginWhereTheWindowDoes() {
        mark(0, BEGIN);
        for (int i = 0; i < 3; i++) {
            mark(0, OP_BEGIN);
            run(0, 1, 2, Cause.LOCK);
        }
        mark(0, OP_END);
        assertEquals(List.of(3L), rounds(0, "op").stream().map(CpuRound::instructions).toList());
    }

    @Test
    void causesAndTheTimeOfNoInstructionAddUpToTheCycles() {
        mark(0, BEGIN);
        mark(0, OP_BEGIN);
        run(0, 1, 4, Cause.COHERENCE);
        cycle[0] += 90;
        windows.interrupt(cycle[0], 0, 32, 0);
        run(0, 2, 6, Cause.LOCK);
        mark(0, OP_END);
        final CpuRound round = rounds(0, "op").getFirst();
        assertEquals(100, round.cycles());
        assertEquals(Map.of(Cause.COHERENCE, 4L, Cause.LOCK, 6L), round.causes().cycles());
        assertEquals(90, round.otherCycles());
        assertEquals("interrupt 32", round.disturbance());
    }

    @Test
    void aTrialItselfMayBeAWindow() {
        mark(0, BEGIN);
        run(0, 1, 5, Cause.WIDTH);
        mark(0, END);
        run(0, 2, 5, Cause.WIDTH);
        assertEquals(List.of(5L), rounds(0, "whole").stream().map(CpuRound::cycles).toList());
        assertEquals(new Trial(7, 0, 0), windows.windows().getFirst().trial());
    }

    @Test
    void ofMoreInstructionsThanAreKeptTheLatestAre() {
        mark(0, BEGIN);
        final int length = CpuWindows.MOST_STEPS / 2;
        for (int i = 0; i < 3; i++) {
            mark(0, OP_BEGIN);
            for (int n = 0; n < length; n++) {
                run(0, n, 1, Cause.WIDTH);
            }
            mark(0, OP_END);
        }
        assertFalse(windows.overflowed());
        assertEquals(List.of(0, length, length), rounds(0, "op").stream().map(one -> one.path().length()).toList());
        assertEquals(length, rounds(0, "op").getFirst().instructions());
    }

    @Test
    void accessesOfAllLevelsCountByLine() {
        mark(0, BEGIN);
        mark(0, OP_BEGIN);
        windows.memoryRead(0, 0, 0x1000, 8, 3);
        windows.memoryWrite(0, 0, 0x103c, 8, 0);
        windows.memoryWrite(0, 1, 0x9000, 8, 0);
        run(0, 1, 1, Cause.WIDTH);
        mark(0, OP_END);
        assertEquals(new DataFootprint(2, 1, 1), rounds(0, "op").getFirst().data());
    }
}
