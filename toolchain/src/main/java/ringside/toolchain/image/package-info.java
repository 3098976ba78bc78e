/**
 * Objects, links and images: relocatable code, the linker, ELF64 files with symbols, probes and DWARF lines, and
 * their hostile-proof reader.
 *
 * <p>Depends on no assembler and no engine: both produce or consume what is declared here.
 */
package ringside.toolchain.image;
