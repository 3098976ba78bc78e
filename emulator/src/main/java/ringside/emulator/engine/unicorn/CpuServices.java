package ringside.emulator.engine.unicorn;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.EngineCallbacks;

/** What the stubs of one CPU ask Java about exceptions, system registers and single instructions. */
final class CpuServices {
    private final UnicornEngine engine;
    private final MemorySegment env;
    private final FeatureWords features;
    private final ExceptionServices exceptions;
    private final Supervision supervision;
    private final DataBreakpoints dataBreakpoints;
    private final SegmentServices segments;
    private final EnvironmentStores environmentStores;
    private final ModelRegisters modelRegisters;
    private final ControlRegisters controlRegisters;
    private final DebugRegisters debugRegisters;
    private final ExtendedPagingServices extendedPaging;

    CpuServices(final UnicornEngine engine, final StubServices services, final EngineCallbacks callbacks,
            final MemorySegment env, final MemorySegment shared) {
        this.engine = engine;
        this.env = env;
        features = new FeatureWords(callbacks, env);
        exceptions = new ExceptionServices(engine, services, callbacks, env, shared);
        supervision = new Supervision(engine, services, env);
        dataBreakpoints = new DataBreakpoints(engine, services, env, shared);
        segments = new SegmentServices(engine, env);
        environmentStores = new EnvironmentStores(engine, env);
        modelRegisters = new ModelRegisters(engine, callbacks, env);
        controlRegisters = new ControlRegisters(engine, services, callbacks, env, shared);
        debugRegisters = new DebugRegisters(env, shared, dataBreakpoints);
        extendedPaging = new ExtendedPagingServices(engine, services, callbacks, env, shared);
    }

    /** Takes up what somebody else may have changed since the last run. */
    void prepareToRun() {
        features.install();
        dataBreakpoints.refresh();
    }

    FeatureWords features() {
        return features;
    }

    ExceptionServices exceptions() {
        return exceptions;
    }

    DataBreakpoints dataBreakpoints() {
        return dataBreakpoints;
    }

    SegmentServices segments() {
        return segments;
    }

    EnvironmentStores environmentStores() {
        return environmentStores;
    }

    /** Completes what an instruction has begun that has been done by now, or has faulted. */
    void settle() {
        segments.settle();
        environmentStores.settle();
    }

    DebugRegisters debugRegisters() {
        return debugRegisters;
    }

    ExtendedPagingServices extendedPaging() {
        return extendedPaging;
    }

    int readMsr(final int number) {
        engine.exactRip(true);
        final int verdict = modelRegisters.read(number);
        engine.exactRip(false);
        return verdict;
    }

    int writeMsr(final int number, final long value) {
        engine.exactRip(true);
        final int verdict = modelRegisters.write(number, value);
        engine.exactRip(false);
        return verdict;
    }

    long readControl() {
        engine.exactRip(true);
        final long value = controlRegisters.read();
        engine.exactRip(false);
        return value;
    }

    int writeControl(final int register, final long value) {
        engine.exactRip(true);
        final int verdict = controlRegisters.write(register, value);
        engine.exactRip(false);
        return verdict;
    }

    int supervise() {
        engine.exactRip(true);
        final int verdict = supervision.check();
        engine.exactRip(false);
        return verdict;
    }

    void gatherFlags() {
        FloatingPoint.gatherFlags(env);
    }
}
