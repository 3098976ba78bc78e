/**
 * The one stream of events: what a machine and a trace both tell, and who listens.
 *
 * <p>Depends on nothing but {@code java.base}.
 */
package ringside.emulator.event;
