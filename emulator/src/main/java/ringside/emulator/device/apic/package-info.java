/** The local APICs and the bus between them. Depends on the bus's roles, the clock and state only. */
package ringside.emulator.device.apic;
