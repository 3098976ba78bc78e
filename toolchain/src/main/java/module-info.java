/** From sources to images and back: assembler, code builder, linker, disassembler, native libraries. */
module ringside.toolchain {
    exports ringside.toolchain.image;
}
