/**
 * What happened to a kernel's objects in a stretch of a guest's history: rows, each with the place where it happened.
 *
 * <p>Arrows: towards the guest; it knows no command.
 */
package ringside.console.repl.past;
