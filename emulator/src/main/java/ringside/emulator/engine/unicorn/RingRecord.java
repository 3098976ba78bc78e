package ringside.emulator.engine.unicorn;

/**
 * What stubs and Java write into the event ring: two 8-byte words a record, the kind in the top byte of the first.
 *
 * <pre>
 *            word 0: 63..56  55..32            31..0        word 1
 *   BLOCK            kind    privilege level   block id     -
 *   READ, WRITE      kind    -                 bytes        physical address
 *   SYSCALL          kind    -                 -            RAX
 *   EXCEPTION        kind    instructions of   vector       error code     then a record: RIP, -
 *                            the block retired
 *   INTERRUPT        kind    -                 vector       RIP
 *   PROBE            kind    -                 probe index  first register then a record: second, third
 *   CUT              kind    instructions of   -            -
 *                            the block retired
 *   ADDRESS_SPACE    kind    -                 -            CR3
 * </pre>
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

    static final int BYTES = 16;
    static final int KIND_SHIFT = 56;
    static final int MIDDLE_SHIFT = 32;
    static final int MIDDLE_MASK = 0xFF_FFFF;

    /** In the middle field of EXCEPTION and CUT: every instruction of the block retired. */
    static final int ALL_RETIRED = MIDDLE_MASK;

    private RingRecord() {
    }

    static long head(final int kind, final int middle, final int low) {
        return (long) kind << KIND_SHIFT | (long) middle << MIDDLE_SHIFT | Integer.toUnsignedLong(low);
    }
}
