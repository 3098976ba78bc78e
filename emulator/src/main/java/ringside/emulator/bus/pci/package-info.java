/**
 * What a PCI function is on its bus: configuration space, windows, an interrupt pin. Devices are behind it; which
 * addresses their windows get is the guest's business.
 */
package ringside.emulator.bus.pci;
