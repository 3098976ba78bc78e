/**
 * Rows of the literature, and what experiments of the laboratory say to them: verdicts follow from the rules of the
 * experiments that name a row.
 *
 * <p>Knows no table, no output format and no terminal.
 */
package ringside.fastpath.claim;
