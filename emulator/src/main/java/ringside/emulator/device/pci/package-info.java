/**
 * The bus's own part of PCI: the ports of configuration and the bridges. Depends on the bus's roles and the state
 * only.
 */
package ringside.emulator.device.pci;
