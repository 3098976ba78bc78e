/**
 * A machine's state as a value: RAM as shared pages, parts by name, one hash over all of it, and a file of it.
 *
 * <p>Knows no machine, no engine and no device: only RAM and the bytes that parts saved.
 */
package ringside.emulator.snapshot;
