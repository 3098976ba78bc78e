package ringside.profiler.calibrate;

import ringside.emulator.timing.UnitModel;

/** One cycle an instruction: the instruction count, which every other model must beat. */
public final class UnitCycleModel implements CycleModel {
    private static final int WARM_UP = 64;
    private static final int ITERATIONS = 2048;

    /** Makes it. */
    public UnitCycleModel() {
        super();
    }

    @Override
    public String id() {
        return UnitModel.INSTANCE.id();
    }

    @Override
    public Estimate estimate(final Snippet snippet) {
        return Estimate.of(SnippetRun.of(snippet, WARM_UP, Math.min(ITERATIONS, snippet.iterations())).perIteration());
    }
}
