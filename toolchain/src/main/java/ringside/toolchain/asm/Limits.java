package ringside.toolchain.asm;

/** The bounds of what one unit may ask for; beyond them a source is refused, whatever it says. */
final class Limits {
    static final int FILE_BYTES = 1 << 20;
    static final int LINE_CHARS = 1024;
    static final int FILES = 256;
    static final int INCLUDE_DEPTH = 16;
    static final int MACRO_DEPTH = 64;
    static final int MACROS = 4096;
    /** Lines looked at, those of expansions included. */
    static final int LINES = 1_000_000;
    static final int EXPRESSION_DEPTH = 64;
    static final int EXPRESSION_TERMS = 100;
    static final int EXPRESSION_STEPS = 100_000;
    static final int CONSTANT_DEPTH = 16;
    static final int SECTIONS = 64;
    static final int SECTION_BYTES = 16 << 20;
    static final long SECTION_ZERO_BYTES = 1L << 30;
    static final int ALIGN = 1 << 21;

    private Limits() {
    }
}
