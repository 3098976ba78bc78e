package ringside.emulator.bus.pci;

import ringside.emulator.bus.BusDevice;

/**
 * A range of addresses that a function answers to now.
 *
 * @param ports  whether the addresses are ports, not memory
 * @param base   first address
 * @param size   how many, a power of two
 * @param device answers there
 */
public record PciWindow(boolean ports, long base, long size, BusDevice device) {
}
