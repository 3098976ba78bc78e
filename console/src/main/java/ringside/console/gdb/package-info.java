/**
 * A server for gdb's remote protocol over a machine with its past ("Debugging with GDB", appendix E).
 *
 * <p>Arrows: towards the timeline and the machine; no command line, and nothing of the kernel that runs. Packets come
 * from anybody on this host: they are bounded, and what is wrong with one is an error in its reply.
 */
package ringside.console.gdb;
