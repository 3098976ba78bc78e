package ringside.toolchain.asm;

/**
 * A place in a section: before the item with a number.
 *
 * @param name    full, the scope of a local label included
 * @param section where
 * @param item    number of the item that follows
 * @param visible whether it gets a symbol
 */
record Label(String name, SectionBuilder section, int item, boolean visible) {
    /** {@return bytes from the start of the section, once it is laid out} */
    long offset() {
        return section.offset(item);
    }
}
