/**
 * Sessions: a guest with its past, and commands that walk through it, for people, scripts and other programs alike.
 *
 * <p>Arrows: towards commands and what they work on; the command line is in front of it and not known here.
 */
package ringside.console.repl;
