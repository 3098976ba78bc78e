package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.toolchain.image.GuestImage;

/**
 * What exact counting costs: the same engine on Bantam's ping-pong loop with counting and without any hook for it,
 * in turns, so that a busy host slows both. Run it with {@code scripts/benchmark}.
 */
class CountingBenchmark {
    private static final int TURNS = 9;
    private static final int LOOPS = 2;
    private static final List<String> NAMES = List.of("counting an IPC call, no hook",
            "one to another address space");
    private static final double LEAST_RATIO = 0.8;

    /** The host's time and the guest's instructions whenever the guest ended a line. */
    private record Marks(List<Long> nanoseconds, List<Long> instructions) {
        private double seconds(final int loop) {
            return (nanoseconds.get(loop + 1) - nanoseconds.get(loop)) / 1e9;
        }

        private long executed(final int loop) {
            return instructions.get(loop + 1) - instructions.get(loop);
        }
    }

    @Test
    void exactCountingKeepsFourFifthsOfTheSpeed() throws IOException {
        final GuestImage image = SpeedGuest.image();
        final List<Marks> counting = new ArrayList<>();
        final List<Marks> plain = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            counting.add(run(image, MachineConfig.standard()));
            plain.add(run(image, MachineConfig.standard().withoutCounting()));
        }
        System.out.printf("%nBantam's ping-pong loop, fast path in assembly, median of %d turns%n%n%-36s%14s%14s%8s%n",
                TURNS, "", "measured", "yardstick", "ratio");
        for (int loop = 0; loop < LOOPS; loop++) {
            final double with = rate(counting, loop, counting.getFirst().executed(loop));
            final double without = rate(plain, loop, counting.getFirst().executed(loop));
            System.out.printf(Locale.ROOT, "%-36s%10.1f M/s%10.1f M/s%8.2f >= %.2f%n", NAMES.get(loop),
                    with / 1e6, without / 1e6, with / without, LEAST_RATIO);
            assertTrue(with / without >= LEAST_RATIO, NAMES.get(loop) + ": " + with / without);
        }
        System.out.println("M/s: millions of guest instructions in a second of the host's time.");
    }

    private static double rate(final List<Marks> runs, final int loop, final long instructions) {
        final List<Double> seconds = runs.stream().map(marks -> marks.seconds(loop)).sorted().toList();
        return instructions / seconds.get(seconds.size() / 2);
    }

    private static Marks run(final GuestImage image, final MachineConfig config) {
        final Marks marks = new Marks(new ArrayList<>(), new ArrayList<>());
        final Machine[] running = new Machine[1];
        try (Machine machine = Machine.boot(config.withSerial(value -> {
            if (value == '\n') {
                marks.nanoseconds().add(System.nanoTime());
                marks.instructions().add(running[0].instructions());
            }
        }), image)) {
            running[0] = machine;
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(1_000_000_000)));
        }
        // The kernel's own first line, then one before each loop and one at the end.
        marks.nanoseconds().removeFirst();
        marks.instructions().removeFirst();
        assertEquals(LOOPS + 1, marks.nanoseconds().size());
        return marks;
    }
}
