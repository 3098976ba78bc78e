package ringside.toolchain.image;

/** How an image says what goes where. */
public enum ImageFormat {
    /** ELF for x86-64. */
    ELF64,
    /** ELF for i386. */
    ELF32,
    /** No format but the address fields of a multiboot header in it. */
    FLAT
}
