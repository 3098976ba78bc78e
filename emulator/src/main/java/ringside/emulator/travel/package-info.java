/**
 * A machine's history as a place to walk in: positions, ways forward and back, and where something happened.
 *
 * <p>Arrows: towards the machine, its events and its snapshots; nobody below knows of this.
 */
package ringside.emulator.travel;
