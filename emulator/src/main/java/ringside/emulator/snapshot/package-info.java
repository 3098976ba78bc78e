/**
 * A machine's state as a value: RAM in pages, parts by name, one hash over all of it, and a file of it.
 *
 * <p>Knows no machine, no engine and no device: only the bytes and pages that parts saved.
 */
package ringside.emulator.snapshot;
