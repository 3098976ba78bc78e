/**
 * Results as text: tables for a terminal 80 columns wide, JSON for programs.
 *
 * <p>Measures nothing and writes to no stream of its own; the same result has the same bytes, always.
 */
package ringside.console.report;
