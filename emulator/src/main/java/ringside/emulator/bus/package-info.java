/** Where devices are: disjoint ranges of addresses, each with the device that answers there. */
package ringside.emulator.bus;
