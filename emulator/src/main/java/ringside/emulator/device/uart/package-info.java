/** The serial port. Depends on the bus's roles, the clock and the state only. */
package ringside.emulator.device.uart;
