package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.profiler.model.CostListener;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.toolchain.image.GuestImage;

/**
 * What a cycle model costs, on Bantam's ping-pong loop and one core: the machine's own clock against the engine with
 * nothing that counts, and processors' models against an observer that takes the same instructions and accesses and
 * does nothing with them. All are run in turns, and the best turn of each counts, so that a busy host slows all alike;
 * time is that of the thread that runs the machine. Run it with {@code scripts/benchmark}.
 */
class ModelBenchmark {
    private static final int TURNS = 7;
    private static final long STEPS = 16_000_000;
    private static final Path SCHEDULED = Path.of("/proc/thread-self/schedstat");

    private record Loop(double seconds, long instructions) {
    }

    /** What is measured, in the order of the table. */
    private enum Row {
        BARE("bare engine, nothing counted", null, 0, 0),
        UNIT("unit, nobody listens", BARE, 0.8, 0.75),
        STREAM("instructions and accesses, heard", null, 0, 0),
        CACHES("zen4-caches", STREAM, 0.6, 0.4),
        FULL("zen4", STREAM, 0.3, 0.15);

        private final String title;
        private final Row yardstick;
        private final double wanted;
        private final double least;

        Row(final String title, final Row yardstick, final double wanted, final double least) {
            this.title = title;
            this.yardstick = yardstick;
            this.wanted = wanted;
            this.least = least;
        }

        private double rate(final GuestImage image, final long instructions) {
            return switch (this) {
                case BARE -> instructions / loop(image, MachineConfig.standard().withoutCounting()).seconds();
                case UNIT -> instructions / loop(image, MachineConfig.standard()).seconds();
                case STREAM -> ModelBenchmark.rate(image, new Listener());
                case CACHES, FULL -> modelled(image, title);
            };
        }
    }

    /** Hears everything that a model is driven by. */
    private static final class Listener implements MachineObserver {
        private long heard;

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.INSTRUCTION, EventKind.MEMORY_READ, EventKind.MEMORY_WRITE);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            heard += length;
        }

        @Override
        public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level) {
            heard += size;
        }

        @Override
        public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level) {
            heard += size;
        }
    }

    @Test
    void modelsKeepTheirShareOfTheStreamsSpeedAndUnitThatOfTheEngine() throws IOException {
        final GuestImage image = SpeedGuest.image();
        final long instructions = loop(image, MachineConfig.standard()).instructions();
        final Map<Row, Double> best = new EnumMap<>(Row.class);
        // The first turn is the compiler's.
        for (int turn = 0; turn <= TURNS; turn++) {
            for (final Row row : Row.values()) {
                final double rate = row.rate(image, instructions);
                best.merge(row, turn == 0 ? 0 : rate, Math::max);
            }
        }
        System.out.printf("%nBantam's ping-pong loop, best of %d turns%n%n%-36s%12s%8s%n", TURNS, "", "measured",
                "ratio");
        for (final Row row : Row.values()) {
            final double rate = best.get(row);
            System.out.printf(Locale.ROOT, "%-36s%8.1f M/s", row.title, rate / 1e6);
            if (row.yardstick != null) {
                System.out.printf(Locale.ROOT, "%8.2f >= %.2f, wanted %.2f", rate / best.get(row.yardstick), row.least,
                        row.wanted);
            }
            System.out.println();
        }
        System.out.println("M/s: millions of guest instructions in a second of the thread's time. Ratios: unit to the"
                + "\nbare engine, models to what is heard.");
        for (final Row row : Row.values()) {
            if (row.yardstick != null) {
                final double ratio = best.get(row) / best.get(row.yardstick);
                assertTrue(ratio >= row.least, row.title + ": " + ratio);
            }
        }
    }

    /** {@return the nanoseconds that this thread ran; where the kernel does not say, those that passed} */
    private static long time() {
        try {
            return Long.parseLong(Files.readString(SCHEDULED).split(" ")[0]);
        } catch (final IOException e) {
            return System.nanoTime();
        }
    }

    private static double modelled(final GuestImage image, final String name) {
        try (ProcessorModel model = new ProcessorModel(Microarchitecture.named(name), 1, CostListener.NONE)) {
            final double rate = rate(image, new ModelledSource(model, image.probes()));
            assertTrue(model.cycle(0) > STEPS / 8);
            return rate;
        }
    }

    /** {@return instructions in a second of this thread's time} */
    private static double rate(final GuestImage image, final MachineObserver observer) {
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            machine.addObserver(observer);
            machine.run(Budget.steps(STEPS / 8));
            final long before = machine.instructions();
            final long start = time();
            machine.run(Budget.steps(STEPS));
            final long end = time();
            assertEquals(STEPS, machine.instructions() - before, STEPS / 8.0);
            return (machine.instructions() - before) / ((end - start) / 1e9);
        }
    }

    /** {@return what the first loop took, which the guest begins and ends with a line; its instructions if counted} */
    private static Loop loop(final GuestImage image, final MachineConfig config) {
        final List<Long> times = new ArrayList<>();
        final List<Long> counts = new ArrayList<>();
        final Machine[] running = new Machine[1];
        try (Machine machine = Machine.boot(config.withSerial(value -> {
            if (value == '\n') {
                times.add(time());
                counts.add(running[0].instructions());
            }
        }), image)) {
            running[0] = machine;
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(1_000_000_000)));
        }
        return new Loop((times.get(2) - times.get(1)) / 1e9, counts.get(2) - counts.get(1));
    }
}
