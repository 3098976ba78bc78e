/**
 * Time in the machine: what an instruction costs, the one clock and its deadlines.
 *
 * <p>Depends on nothing but {@code java.base}; reads no time of the host.
 */
package ringside.emulator.timing;
