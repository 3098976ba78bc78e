/**
 * The machine's address map: every base address, port, interrupt line and vector, declared once.
 *
 * <p>The machine places its devices by it and the kernel's includes are generated from it; it depends on nothing but
 * {@code layout}.
 */
package ringside.toolchain.platform;
