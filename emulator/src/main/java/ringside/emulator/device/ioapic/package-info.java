/** The I/O APIC. Depends on the bus's roles and state only. */
package ringside.emulator.device.ioapic;
