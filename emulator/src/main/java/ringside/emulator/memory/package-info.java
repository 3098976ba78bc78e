/**
 * The guest's RAM and the host's pages behind it. RAM belongs to the machine; engines and devices share it.
 *
 * <p>Knows no engine, no device and no machine.
 */
package ringside.emulator.memory;
