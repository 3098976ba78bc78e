package ringside.emulator.engine.unicorn;

import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.engine.EngineProvider;

/** Makes {@link UnicornEngine}s; named by the module's service declaration alone. */
public final class UnicornProvider implements EngineProvider {
    /** For the service loader. */
    public UnicornProvider() {
    }

    @Override
    public CpuEngine open(final EngineConfig config) {
        SelfCheck.once();
        return new UnicornEngine(config);
    }
}
