package ringside.profiler.calibrate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;

/** What a processor's model says of a snippet: the iterations of its call but the first ones, which warm it up. */
public final class ProcessorEstimate implements CycleModel {
    private static final int WARM_UP = 64;
    /** Of either half; and as many more as the data have bytes, so that the first half leaves no place untouched. */
    private static final long LEAST_ITERATIONS = 4096;
    private static final int WARM_SHARE = 2;

    private final Microarchitecture make;

    /**
     * Makes one.
     *
     * @param make of the processor; one with hardware
     */
    public ProcessorEstimate(final Microarchitecture make) {
        this.make = make;
    }

    @Override
    public String id() {
        return make.id();
    }

    @Override
    public Estimate estimate(final Snippet snippet) {
        final long iterations = WARM_SHARE * Math.min(LEAST_ITERATIONS + snippet.data().length, snippet.iterations());
        try (ProcessorModel model = new ProcessorModel(make, 1, (_, _, _, _) -> { })) {
            final Laps laps = new Laps(snippet.loopStart(), iterations / WARM_SHARE);
            final ModelledSource source = new ModelledSource(model, List.of());
            source.addObserver(laps);
            SnippetRun.observe(snippet, source, WARM_UP, iterations);
            return Estimate.of(laps.perIteration());
        }
    }

    /** Notes the model's clock at the loop's head. */
    private static final class Laps implements MachineObserver {
        private final long loop;
        private final long from;
        private long arrivals;
        private long clock;
        private long first;
        private long last;

        Laps(final long loop, final long from) {
            this.loop = loop;
            this.from = from;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.INSTRUCTION);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            if (address == loop) {
                if (arrivals <= from) {
                    first = clock;
                }
                last = clock;
                arrivals++;
            }
            clock = cycle;
        }

        double perIteration() {
            return (double) (last - first) / (arrivals - 1 - Math.min(from, arrivals - 2));
        }
    }
}
