/** The clock with its RAM. Depends on the bus's roles, the clock and the state only. */
package ringside.emulator.device.rtc;
