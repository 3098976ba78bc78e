/** The local APIC. Depends on the bus's device role and the clock only. */
package ringside.emulator.device.apic;
