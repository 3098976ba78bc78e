/**
 * The console's commands, one class each, and the desk at which they work.
 *
 * <p>Arrows: towards the guest and what it stops at; sessions and scripts are behind {@link
 * ringside.console.repl.command.Interpreter}.
 */
package ringside.console.repl.command;
