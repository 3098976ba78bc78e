/** The port that emulators print at. Depends on the bus's device role only. */
package ringside.emulator.device.debugconsole;
