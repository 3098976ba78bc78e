package ringside.emulator.boot;

/** Page tables that map the first 4 GiB to themselves by large pages, for everybody and for everything. */
final class IdentityPaging {
    private static final int TABLE_BYTES = 0x1000;
    private static final int PRESENT_WRITABLE_USER = 7;
    private static final int LARGE = 1 << 7;
    private static final int GIBS = 4;
    private static final int ENTRIES = 512;
    private static final int LARGE_PAGE_SHIFT = 21;

    private IdentityPaging() {
    }

    /** {@return the address of the root} */
    static long write(final BootMemory memory, final Structures structures) {
        final long root = structures.take((2L + GIBS) * TABLE_BYTES, TABLE_BYTES);
        final long pointers = root + TABLE_BYTES;
        final Bytes tables = new Bytes().u64(pointers | PRESENT_WRITABLE_USER).zeros(TABLE_BYTES - Long.BYTES);
        for (int gib = 0; gib < GIBS; gib++) {
            tables.u64(pointers + (gib + 1L) * TABLE_BYTES | PRESENT_WRITABLE_USER);
        }
        tables.align(TABLE_BYTES);
        for (long page = 0; page < (long) GIBS * ENTRIES; page++) {
            tables.u64(page << LARGE_PAGE_SHIFT | PRESENT_WRITABLE_USER | LARGE);
        }
        memory.put(root, tables.toArray());
        return root;
    }
}
