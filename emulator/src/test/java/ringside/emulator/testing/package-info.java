/** What the emulator's tests build guests with. */
package ringside.emulator.testing;
