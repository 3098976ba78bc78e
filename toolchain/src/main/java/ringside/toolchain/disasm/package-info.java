/**
 * Machine code back to text and lengths, through Capstone.
 *
 * <p>The only package that names Capstone; depends on {@code natives} alone.
 */
package ringside.toolchain.disasm;
