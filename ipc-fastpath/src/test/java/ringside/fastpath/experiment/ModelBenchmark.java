package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.toolchain.image.GuestImage;

/**
 * What following a processor costs: the model of Zen 4 on Bantam's ping-pong loop, against an observer that takes the
 * same instructions and accesses and does nothing with them, in turns. Run it with {@code scripts/benchmark}.
 */
class ModelBenchmark {
    private static final int TURNS = 5;
    private static final long STEPS = 8_000_000;
    /** What is wanted, and what is held. */
    private static final double WANTED_RATIO = 0.3;
    private static final double LEAST_RATIO = 0.1;

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
    void fullModelKeepsATenthOfTheStreamsSpeed() throws IOException {
        final GuestImage image = SpeedGuest.image();
        final List<Double> modelled = new ArrayList<>();
        final List<Double> heard = new ArrayList<>();
        final List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn <= TURNS; turn++) {
            final double plain = rate(image, new Listener());
            final double model;
            try (ProcessorModel zen4 = new ProcessorModel(Microarchitecture.named("zen4"), 1, (_, _, _, _) -> { })) {
                model = rate(image, new ModelledSource(zen4, image.probes()));
                assertTrue(zen4.cycle(0) > 0);
            }
            // The first turn is the compiler's.
            if (turn > 0) {
                heard.add(plain);
                modelled.add(model);
                ratios.add(model / plain);
            }
        }
        System.out.printf("%nBantam's ping-pong loop in the model of Zen 4, median of %d turns%n%n%-36s%14s%14s%8s%n",
                TURNS, "", "measured", "yardstick", "ratio");
        System.out.printf(Locale.ROOT, "%-36s%10.1f M/s%10.1f M/s%8.2f >= %.2f, wanted %.2f%n",
                "zen4-1, on its event stream", median(modelled) / 1e6, median(heard) / 1e6, median(ratios), LEAST_RATIO,
                WANTED_RATIO);
        assertTrue(median(ratios) >= LEAST_RATIO, "ratio=" + median(ratios));
    }

    private static double median(final List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** {@return instructions in a second of the host's time} */
    private static double rate(final GuestImage image, final MachineObserver observer) {
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            machine.addObserver(observer);
            machine.run(Budget.steps(STEPS / 8));
            final long before = machine.instructions();
            final long start = System.nanoTime();
            machine.run(Budget.steps(STEPS));
            final long end = System.nanoTime();
            assertEquals(STEPS, machine.instructions() - before, STEPS / 8.0);
            return (machine.instructions() - before) / ((end - start) / 1e9);
        }
    }
}
