/**
 * What a guest stops at: breakpoints of all kinds, and the runner that goes forward and back to them.
 *
 * <p>Arrows: towards the guest and expressions; it knows no command.
 */
package ringside.console.repl.stop;
