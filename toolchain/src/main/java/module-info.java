/** From sources to images and back: assembler, code builder, linker, disassembler, native libraries. */
module ringside.toolchain {
    exports ringside.toolchain.codegen;
    exports ringside.toolchain.asm;
    exports ringside.toolchain.disasm;
    exports ringside.toolchain.image;
    exports ringside.toolchain.layout;
    exports ringside.toolchain.platform;
    exports ringside.toolchain.natives;
}
