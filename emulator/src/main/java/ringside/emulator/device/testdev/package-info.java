/** A device for testing machines, not for having. Depends on the bus's roles and the state only. */
package ringside.emulator.device.testdev;
