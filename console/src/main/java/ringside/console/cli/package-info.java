/**
 * The command line: one class a command, exit codes, and what a failure looks like to a person.
 *
 * <p>The only package that ends the process and the only one that writes to the standard streams.
 */
package ringside.console.cli;
