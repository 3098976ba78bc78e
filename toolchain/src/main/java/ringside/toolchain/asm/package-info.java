/**
 * Ringside assembly to relocatable object code: preprocessor, parser, layout, and encoding through Keystone.
 *
 * <p>Keystone runs in a child process, because some lines make it end the process it runs in; every encoding that
 * it returns is checked by disassembling it. The only package that names Keystone; depends on {@code image},
 * {@code disasm} and {@code natives}.
 */
package ringside.toolchain.asm;
