/**
 * Rows of the literature, and what experiments of the laboratory and schedules of structures say to them: verdicts
 * follow from the rules that name a row.
 *
 * <p>Knows no table, no output format and no terminal.
 */
package ringside.fastpath.claim;
