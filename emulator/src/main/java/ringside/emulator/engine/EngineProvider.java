package ringside.emulator.engine;

import java.util.ServiceLoader;

/** Makes engines; the one implementation is found by {@link ServiceLoader}, so nobody names it. */
public interface EngineProvider {
    /**
     * Makes a CPU in its reset state over RAM that it does not own.
     *
     * @param config what it needs to know
     * @return the engine; its owner closes it
     * @throws EngineException when the native library fails its self-check
     */
    CpuEngine open(EngineConfig config);

    /** {@return the provider of this program} */
    static EngineProvider find() {
        return ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).findFirst()
                .orElseThrow(() -> new IllegalStateException("no CPU engine is part of this program"));
    }
}
