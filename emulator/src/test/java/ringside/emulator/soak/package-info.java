/** What many machines in one process leave behind. */
package ringside.emulator.soak;
