/**
 * Input at exact positions: what came into a machine, written down when it was taken, and given again at the same
 * places.
 */
package ringside.emulator.input;
