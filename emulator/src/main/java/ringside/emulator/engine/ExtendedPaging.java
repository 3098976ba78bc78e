package ringside.emulator.engine;

import java.lang.foreign.MemorySegment;

/**
 * Extended page tables (Intel SDM volume 3, 28.3, "the extended page-table mechanism"): from guest-physical to physical
 * addresses, in the manual's own format, in the guest's own RAM. The root is an extended-page-table pointer (EPTP); 0
 * stands for no such tables, and then the two kinds of address are one.
 *
 * <p><b>Not modelled:</b> accessed and dirty flags of these tables, five levels, mode-based execute control.
 */
public final class ExtendedPaging {
    /** Rights, as bits of a table's entry and of what {@link #translate} answers. */
    public static final int READ = 1;
    /** The right to write. */
    public static final int WRITE = 1 << 1;
    /** The right to execute. */
    public static final int EXECUTE = 1 << 2;

    private static final int RIGHTS = READ | WRITE | EXECUTE;
    private static final int PHYSICAL_BITS = 40;
    private static final long FRAME = (1L << PHYSICAL_BITS) - EngineConfig.PAGE;
    private static final long BEYOND = 0x000F_FFFF_FFFF_F000L & ~FRAME;
    private static final int LEVELS = 4;
    private static final int INDEX_BITS = 9;
    private static final int PAGE_BITS = 12;
    private static final int ADDRESS_BITS = PAGE_BITS + LEVELS * INDEX_BITS;
    private static final long LARGE = 1 << 7;
    private static final int TYPE_SHIFT = 3;
    private static final int TYPE_MASK = 7;
    private static final int WRITE_BACK = 6;
    private static final int TABLE_RESERVED = 0xF8;

    private ExtendedPaging() {
    }

    /**
     * {@return whether VM entry, and so the switching of EPTPs, takes a pointer} (volume 3, 24.6.11 and 26.2.1.1)
     *
     * @param pointer an EPTP
     */
    public static boolean isPointer(final long pointer) {
        final int type = (int) pointer & TYPE_MASK;
        return (type == 0 || type == WRITE_BACK) && (pointer >> TYPE_SHIFT & TYPE_MASK) == LEVELS - 1
                && (pointer & ~FRAME & ~(long) (TYPE_MASK | TYPE_MASK << TYPE_SHIFT)) == 0;
    }

    /**
     * {@return the frame's physical address with the rights to it in the low bits; 0 where the tables have none or are
     * misconfigured}
     *
     * @param ram           RAM from physical address 0 on
     * @param pointer       an EPTP, not 0
     * @param guestPhysical an address
     */
    public static long translate(final MemorySegment ram, final long pointer, final long guestPhysical) {
        if (guestPhysical >>> ADDRESS_BITS != 0) {
            return 0;
        }
        long table = pointer & FRAME;
        long rights = RIGHTS;
        for (int level = LEVELS - 1;; level--) {
            final int shift = PAGE_BITS + INDEX_BITS * level;
            final long index = guestPhysical >>> shift & (1 << INDEX_BITS) - 1;
            final long entry = GuestPaging.entry(ram, table + index * Long.BYTES);
            rights &= entry;
            final boolean leaf = level == 0 || level < LEVELS - 1 && (entry & LARGE) != 0;
            if (rights == 0 || isMisconfigured(entry, leaf, shift)) {
                return 0;
            }
            if (leaf) {
                final long inside = (1L << shift) - EngineConfig.PAGE;
                return entry & FRAME & ~inside | guestPhysical & inside | rights;
            }
            table = entry & FRAME;
        }
    }

    // Volume 3, 28.3.3.1. Execute-only translations are supported.
    private static boolean isMisconfigured(final long entry, final boolean leaf, final int shift) {
        if ((entry & (READ | WRITE)) == WRITE || (entry & BEYOND) != 0) {
            return true;
        }
        if (!leaf) {
            return (entry & TABLE_RESERVED) != 0;
        }
        final int type = (int) (entry >> TYPE_SHIFT) & TYPE_MASK;
        return type == 2 || type == 3 || type > WRITE_BACK || (entry & FRAME & (1L << shift) - 1) != 0;
    }

    /**
     * {@return a physical address, or {@link GuestPaging#UNMAPPED}}
     *
     * @param ram           RAM from physical address 0 on
     * @param pointer       an EPTP, or 0 for none
     * @param guestPhysical an address
     */
    public static long physical(final MemorySegment ram, final long pointer, final long guestPhysical) {
        if (pointer == 0) {
            return guestPhysical;
        }
        final long found = translate(ram, pointer, guestPhysical);
        final int inPage = EngineConfig.PAGE - 1;
        return (found & RIGHTS) == 0 ? GuestPaging.UNMAPPED : found & ~(long) inPage | guestPhysical & inPage;
    }
}
