/**
 * Numbers and record layouts that Java and the guest share, and the include files that carry them to the assembly.
 *
 * <p>Depends on nothing.
 */
package ringside.toolchain.layout;
