/**
 * The laboratory: experiments that a TOML file declares beside its assembly. Images of all variants are built, run on
 * machines of their own and measured by windows; verdicts follow from rules.
 *
 * <p>Knows no table, no output format and no terminal.
 */
package ringside.fastpath.lab;
