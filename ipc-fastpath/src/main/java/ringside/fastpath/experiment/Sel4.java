package ringside.fastpath.experiment;

/**
 * seL4's fast path, measured as ours is: kernel instructions executed from its SYSCALL entry up to and including
 * SYSRETQ, on one core, into another address space.
 *
 * <p>Commit 1326364b built by gcc 12.2 -O2 for pc99, x86_64, skylake: not MCS, one core, one domain, fast path on,
 * no Meltdown window, PCID, XSAVE and FSGSBASE. Its compiled kernel ran in Unicorn 2.1.4 with four-level paging. The
 * real kernel decodes capabilities and saves more state than Bantam does.
 */
public final class Sel4 {
    /** Which source was measured. */
    public static final String COMMIT = "1326364b";

    private Sel4() {
    }

    /**
     * {@return kernel instructions of seL4's fast path into another address space}
     *
     * @param direction one way or both
     * @param words     0 or 4 message registers
     */
    public static int kernelInstructions(final Direction direction, final int words) {
        final boolean empty = words == 0;
        return switch (direction) {
            case CALL -> empty ? 193 : 214;
            case REPLY_RECV -> empty ? 221 : 242;
            case ROUND_TRIP -> empty ? 414 : 456;
        };
    }

    /** {@return distinct 64-byte data lines that one way touches, in both directions and at both lengths} */
    public static int dataLines() {
        return 21;
    }
}
