package ringside.toolchain.image;

/** Numbers of ELF64 and ELF32 (System V gABI chapters 4 and 5; the psABIs), for the writer and the reader. */
final class Elf {
    static final int MAGIC = 0x464c457f;
    static final int CLASS_32 = 1;
    static final int CLASS_64 = 2;
    static final int LITTLE_ENDIAN = 1;
    static final int VERSION = 1;
    static final int TYPE_EXECUTABLE = 2;
    static final int TYPE_SHARED = 3;
    static final int MACHINE_I386 = 3;
    static final int MACHINE_X86_64 = 62;
    static final int HEADER_SIZE = 64;
    static final int PROGRAM_HEADER_SIZE = 56;
    static final int SECTION_HEADER_SIZE = 64;
    static final int SYMBOL_SIZE = 24;
    static final int PROGRAM_HEADER_SIZE_32 = 32;
    static final int SECTION_HEADER_SIZE_32 = 40;
    static final int SYMBOL_SIZE_32 = 16;

    static final int PT_LOAD = 1;
    static final int PT_NOTE = 4;
    static final int PF_EXECUTE = 1;
    static final int PF_WRITE = 2;
    static final int PF_READ = 4;

    static final int SHT_NULL = 0;
    static final int SHT_PROGBITS = 1;
    static final int SHT_SYMTAB = 2;
    static final int SHT_STRTAB = 3;
    static final int SHT_NOTE = 7;
    static final int SHT_NOBITS = 8;
    static final int SHF_WRITE = 1;
    static final int SHF_ALLOC = 2;
    static final int SHF_EXECINSTR = 4;
    static final int SHF_COMPRESSED = 0x800;
    static final int SHN_UNDEF = 0;
    static final int SHN_ABS = 0xfff1;

    static final int STB_LOCAL = 0;
    static final int STB_GLOBAL = 1;
    static final int STT_NOTYPE = 0;
    static final int STT_OBJECT = 1;
    static final int STT_FUNC = 2;

    /** Owner and type of the note that names the 32-bit entry of a PVH kernel (Xen, public/elfnote.h). */
    static final String XEN_NOTE_OWNER = "Xen";
    static final int XEN_ELFNOTE_PHYS32_ENTRY = 18;

    static final int PAGE = 0x1000;
    /** The longest file that is written or read: a bound for hostile input. */
    static final int MAX_FILE = 256 << 20;

    private Elf() {
    }
}
