/**
 * Java that a person writes at the console: the JDK's JShell in this process, with the machine in scope.
 *
 * <p>A snippet runs in a thread of its own. The thread of the machine waits meanwhile, and does what the snippet hands
 * it: so no two threads are at the machine at once. The package is exported for snippets, which are in no module.
 */
package ringside.console.repl.snippet;
