package ringside.toolchain.codegen;

/** A segment override: the two segments that still have a base in 64-bit mode. */
public enum Segment {
    /** Base in IA32_FS_BASE. */
    FS(0x64),
    /** Base in IA32_GS_BASE. */
    GS(0x65);

    private final int prefix;

    Segment(final int prefix) {
        this.prefix = prefix;
    }

    int prefix() {
        return prefix;
    }
}
