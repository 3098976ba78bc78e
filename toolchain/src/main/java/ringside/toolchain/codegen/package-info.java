/**
 * Machine code from Java: a typed x86-64 emitter with its own encoder, labels, probes and a line for every byte.
 *
 * <p>Depends on {@code image} for the object code it produces, on no assembler and no native library.
 */
package ringside.toolchain.codegen;
