/**
 * The console's place at a terminal: keys, the line that is typed, the screen.
 *
 * <p>It brings lines to a session and shows what comes of them, and knows nothing of the command line in front of it.
 * Nothing else knows JLine.
 */
package ringside.console.seat;
