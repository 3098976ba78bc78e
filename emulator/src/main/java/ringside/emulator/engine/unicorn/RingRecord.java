package ringside.emulator.engine.unicorn;

/**
 * What stubs and Java write into the event ring: two 8-byte words a record, the kind in the top byte of the first.
 *
 * <pre>
 *            word 0: 63..56  55..32            31..0        word 1
 *   BLOCK,           kind    privilege level   block id     cycle behind all of it
 *   KEPT_BLOCK
 *   READ, WRITE      kind    virtual page, bytes            physical address
 *   SYSCALL          kind    -                 -            RAX
 *   EXCEPTION        kind    instructions of   vector       error code     then a record: RIP, -
 *                            the block retired
 *   INTERRUPT        kind    -                 vector       RIP
 *   PROBE            kind    -                 probe index  first register then a record: second, third
 *   CUT              kind    instructions of   -            -
 *                            the block retired
 *   ADDRESS_SPACE    kind    -                 -            CR3
 *   TRANSLATION      kind    PCID, G, count    pages        virtual address  then a record: physical address, EPTP
 *                            of entries                                      then two: entries, root first
 *   DROP             kind    -                 what         address or CR3
 * </pre>
 *
 * <p>Where nobody wants every block, one takes the place of a BLOCK directly before it: only the last block before each
 * other record is there, and those with probes, which are KEPT_BLOCKs.
 *
 * <p>In READ and WRITE the number of bytes is 8 bits, then come 45 bits of the number of the virtual page and one that
 * says whether it is known.
 */
final class RingRecord {
    static final int BLOCK = 1;
    static final int READ = 2;
    static final int WRITE = 3;
    static final int SYSCALL = 4;
    static final int EXCEPTION = 5;
    static final int INTERRUPT = 6;
    static final int PROBE = 7;
    static final int CUT = 8;
    static final int ADDRESS_SPACE = 9;
    static final int TRANSLATION = 10;
    static final int DROP = 11;
    static final int KEPT_BLOCK = 12;
    /** What is recorded: everything. */
    static final int ALL = 1;
    /** What is recorded: of blocks without probes only the last ones before other records. */
    static final int LAST_BLOCKS = 2;
    /** The most records that are written without a look at the ring's end. */
    static final int MOST_AT_ONCE = 8;

    static final int SIZE_MASK = 0xFF;
    static final int PAGE_SHIFT = 8;
    static final int PAGE_BITS = 45;
    /** In READ and WRITE: the virtual page is known. */
    static final long PAGE_KNOWN = 1L << PAGE_SHIFT + PAGE_BITS;
    static final int TRANSLATION_RECORDS = 4;
    static final int MOST_ENTRIES = 4;
    static final int SPACE_MASK = 0xFFF;
    static final int GLOBAL = 1 << 12;
    static final int COUNT_SHIFT = 13;

    static final int BYTES = 16;
    static final int KIND_SHIFT = 56;
    static final int MIDDLE_SHIFT = 32;
    static final int MIDDLE_MASK = 0xFF_FFFF;

    /** In the middle field of EXCEPTION and CUT: every instruction of the block retired. */
    static final int ALL_RETIRED = MIDDLE_MASK;

    private RingRecord() {
    }

    /** {@return the virtual page that a READ or WRITE tells, or {@code otherwise}} */
    static long page(final long head, final long otherwise) {
        final int above = Long.SIZE - PAGE_SHIFT - PAGE_BITS;
        return (head & PAGE_KNOWN) == 0 ? otherwise : head << above >> above + PAGE_SHIFT;
    }

    static long head(final int kind, final int middle, final int low) {
        return (long) kind << KIND_SHIFT | (long) middle << MIDDLE_SHIFT | Integer.toUnsignedLong(low);
    }
}
