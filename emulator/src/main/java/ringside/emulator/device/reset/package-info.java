/**
 * The three old ways by which software resets a PC, and the keyboard controller that one of them belongs to. Depends
 * on the bus's roles and the state only.
 */
package ringside.emulator.device.reset;
