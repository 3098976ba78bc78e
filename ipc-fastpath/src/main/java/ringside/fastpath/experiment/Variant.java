package ringside.fastpath.experiment;

/** How an image makes its IPC calls. The images differ in nothing else. */
public enum Variant {
    /** The register fast path, written in assembly. */
    FAST_ASM("fast-asm"),
    /** The register fast path, emitted by Java. */
    FAST_GENERATED("fast-generated"),
    /** No fast path: every call takes the general one. */
    SLOW("slow");

    private final String text;

    Variant(final String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
