/**
 * The guest that a session looks at: its machine with a past, its image and sources, by names and addresses.
 *
 * <p>Arrows: towards the machine, the image and expressions; it knows no command.
 */
package ringside.console.repl.guest;
