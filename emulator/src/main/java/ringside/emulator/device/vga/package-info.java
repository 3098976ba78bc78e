/** What is left of a VGA where there is no screen. Depends on the bus's roles and the state only. */
package ringside.emulator.device.vga;
