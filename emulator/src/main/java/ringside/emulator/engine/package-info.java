/**
 * The only view of a native CPU engine, and what an engine calls back.
 *
 * <p>Knows no device, no bus and no machine. Which engine is behind it is found through
 * {@link ringside.emulator.engine.EngineProvider}.
 */
package ringside.emulator.engine;
