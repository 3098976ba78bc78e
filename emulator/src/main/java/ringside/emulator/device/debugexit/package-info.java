/** The port by which a guest ends its run. Depends on the bus's device role only. */
package ringside.emulator.device.debugexit;
