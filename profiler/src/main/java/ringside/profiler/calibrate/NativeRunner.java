package ringside.profiler.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures snippets on the host's CPU: five runs, each on other pages, each the median of many samples that the
 * {@link SampleRules} accept. All that is timed is machine code; the number of samples is bounded, and so the time.
 */
public final class NativeRunner {
    /** Samples of a run that must count, unless asked otherwise. */
    public static final int USUAL_SAMPLES = 50;
    private static final int RUNS = 5;
    private static final int MOST_ATTEMPTS_A_SAMPLE = 20;
    private static final int RULE_SAMPLES = 400;
    private static final int RULE_ITERATIONS = 1000;
    private static final double LEAST_MICROSECONDS = 80;
    private static final int MOST_DOUBLINGS = 8;
    private static final int LENGTH_SAMPLES = 5;

    private final HostCpu cpu;
    private final SampleRules rules;
    private final int samples;

    private NativeRunner(final HostCpu cpu, final SampleRules rules, final int samples) {
        this.cpu = cpu;
        this.rules = rules;
        this.samples = samples;
    }

    /**
     * {@return a runner, once it knows how fast the host is when nothing disturbs it}
     *
     * @param cpu     the host's
     * @param samples of a run that must count
     * @throws CalibrationException when nothing can be measured here: another system or CPU, or too much noise
     */
    public static NativeRunner open(final HostCpu cpu, final int samples) {
        final Optional<String> refusal = cpu.refusal();
        if (refusal.isPresent()) {
            throw new CalibrationException(refusal.get());
        }
        final List<Sample> clock = new ArrayList<>();
        try (NativeStage stage = NativeStage.of(Snippets.of(List.of("chain_add")).getFirst(), RULE_ITERATIONS)) {
            for (int i = 0; i < RULE_SAMPLES; i++) {
                clock.add(stage.call());
            }
        }
        return new NativeRunner(cpu, SampleRules.of(clock), samples);
    }

    /** {@return core cycles of an undisturbed round of the canary, 48 independent adds} */
    public double canary() {
        return rules.canary();
    }

    /**
     * Measures a snippet.
     *
     * @param snippet first runs in the emulated machine, with as many iterations
     * @return its figure, or why there is none
     * @throws CalibrationException when it did not end well in the emulated machine
     */
    public NativeResult measure(final Snippet snippet) {
        final double[] medians = new double[RUNS];
        int rejected = 0;
        try (Place place = new Place(snippet, LEAST_MICROSECONDS * cpu.ticksPerMicrosecond())) {
            for (int run = 0; run < RUNS; run++) {
                final double[] cycles = new double[samples];
                int accepted = 0;
                int attempts = 0;
                while (accepted < samples) {
                    if (attempts++ == samples * MOST_ATTEMPTS_A_SAMPLE) {
                        return new NativeResult.Dropped("the host is too noisy: " + accepted + " of "
                                + (attempts - 1) + " samples counted in run " + (run + 1), true);
                    }
                    final Sample sample = place.stage.call();
                    if (rules.accepts(sample)) {
                        cycles[accepted++] = sample.workCycles() / place.iterations;
                    }
                }
                rejected += attempts - accepted;
                medians[run] = SampleRules.median(cycles);
                place.move();
            }
        }
        return SampleRules.result(medians, RUNS * samples, rejected);
    }

    /** A stage with as many iterations as a sample needs to last. */
    private static final class Place implements AutoCloseable {
        private final Snippet snippet;
        private NativeStage stage;
        private long iterations;

        Place(final Snippet snippet, final double leastTicks) {
            this.snippet = snippet;
            iterations = snippet.iterations();
            stage = NativeStage.of(snippet, iterations);
            for (int i = 0; i < MOST_DOUBLINGS && fastest() < leastTicks; i++) {
                stage.close();
                iterations *= 2;
                stage = NativeStage.of(snippet, iterations);
            }
        }

        private long fastest() {
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < LENGTH_SAMPLES; i++) {
                fastest = Math.min(fastest, stage.call().work());
            }
            return fastest;
        }

        void move() {
            final NativeStage before = stage;
            before.close();
            stage = NativeStage.again(snippet, before);
        }

        @Override
        public void close() {
            stage.close();
        }
    }
}
