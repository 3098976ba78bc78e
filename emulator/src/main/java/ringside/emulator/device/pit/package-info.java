/** The 8254 timer and the port that gates its speaker. Depends on the bus's roles, the clock and state only. */
package ringside.emulator.device.pit;
