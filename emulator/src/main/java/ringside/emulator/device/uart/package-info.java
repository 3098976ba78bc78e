/** The serial port. Depends on the bus's device role only. */
package ringside.emulator.device.uart;
