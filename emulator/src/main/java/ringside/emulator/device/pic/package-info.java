/** The pair of 8259 interrupt controllers. Depends on the bus's roles and state only. */
package ringside.emulator.device.pic;
