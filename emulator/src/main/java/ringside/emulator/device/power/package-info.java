/** Power by ACPI: the PM1 registers and the PM timer. Depends on the bus's roles, the clock and the state only. */
package ringside.emulator.device.power;
