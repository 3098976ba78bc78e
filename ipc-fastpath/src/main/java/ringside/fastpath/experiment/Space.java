package ringside.fastpath.experiment;

/** Where client and server live. The order is the number that the bench program reports. */
public enum Space {
    /** In one address space: no page table changes. */
    SAME("same"),
    /** In two: the call changes CR3. */
    CROSS("cross");

    private final String text;

    Space(final String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
