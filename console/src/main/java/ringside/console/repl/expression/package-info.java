/**
 * Expressions over registers, symbols and memory: text, tree, number.
 *
 * <p>Arrows: to nobody; what names and addresses mean is a {@link ringside.console.repl.expression.Scope}'s business.
 */
package ringside.console.repl.expression;
