/**
 * The machine: one CPU, RAM, its devices and their clock, loaded from an image and run under a budget.
 *
 * <p>Learns a guest from its image alone; depends on no kernel.
 */
package ringside.emulator.machine;
