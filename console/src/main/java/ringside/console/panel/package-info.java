/**
 * Panels: what a person sees of a guest at a stop, as lines of text of a given size.
 *
 * <p>A panel is a record of what it shows and nothing else: the same record gives the same lines. No panel knows a
 * guest, a machine or a terminal.
 */
package ringside.console.panel;
