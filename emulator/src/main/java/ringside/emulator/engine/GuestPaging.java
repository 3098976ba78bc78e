package ringside.emulator.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import ringside.emulator.event.Translation;

/**
 * Translates virtual addresses by the page tables in RAM, without rights checks and without touching A and D bits
 * (Intel SDM volume 3, chapter 4): for looking at a guest, not for running it.
 */
public final class GuestPaging {
    /** What {@link #translate} answers for an address that maps to no RAM. */
    public static final long UNMAPPED = -1;

    private static final long CR0_PG = 1L << 31;
    private static final long CR4_PSE = 1L << 4;
    private static final long CR4_PAE = 1L << 5;
    private static final long CR4_LA57 = 1L << 12;
    private static final long EFER_LMA = 1L << 10;
    private static final long CR4_PGE = 1L << 7;
    private static final long CR4_PCIDE = 1L << 17;
    private static final long PRESENT = 1;
    private static final long GLOBAL = 1 << 8;
    private static final long SPACE = 0xFFF;
    private static final int MOST_ENTRIES = 5;
    private static final long LARGE = 1 << 7;
    private static final long FRAME = 0x000F_FFFF_FFFF_F000L;
    private static final long FRAME_32 = 0xFFFF_F000L;
    private static final int PAGE_BITS = 12;
    private static final int LONG_INDEX_BITS = 9;
    private static final int SHORT_INDEX_BITS = 10;

    private final MemorySegment ram;
    /** The EPTP under which these tables are read, 0 for none. */
    private final long extended;
    /** Of the walk: where the entries are that were read, how many, the last one, and how much it maps. */
    private final long[] entries = new long[MOST_ENTRIES];
    private int count;
    private long leaf;
    private long size = EngineConfig.PAGE;

    private GuestPaging(final MemorySegment ram, final long extended) {
        this.ram = ram;
        this.extended = extended;
    }

    /**
     * {@return the physical address, or {@link #UNMAPPED}}
     *
     * @param cpu     whose control registers count
     * @param virtual the address
     */
    public static long translate(final CpuEngine cpu, final long virtual) {
        return new GuestPaging(cpu.ram(), cpu.extendedPageTables()).translate(cpu.read(CpuRegister.CR0),
                cpu.read(CpuRegister.CR3), cpu.read(CpuRegister.CR4), cpu.read(CpuRegister.EFER), virtual);
    }

    /**
     * {@return what the tables say of a page, or nothing where it maps to no RAM}
     *
     * @param cpu     whose control registers count
     * @param virtual an address in it
     */
    public static Optional<Translation> lookUp(final CpuEngine cpu, final long virtual) {
        final long root = cpu.read(CpuRegister.CR3);
        final long cr4 = cpu.read(CpuRegister.CR4);
        final GuestPaging walk = new GuestPaging(cpu.ram(), cpu.extendedPageTables());
        final long physical =
                walk.translate(cpu.read(CpuRegister.CR0), root, cr4, cpu.read(CpuRegister.EFER), virtual);
        return physical == UNMAPPED ? Optional.empty() : Optional.of(new Translation(virtual >> PAGE_BITS,
                physical >>> PAGE_BITS, walk.size, (walk.leaf & GLOBAL) != 0 && (cr4 & CR4_PGE) != 0,
                (cr4 & CR4_PCIDE) != 0 ? (int) (root & SPACE) : 0, walk.extended,
                Arrays.copyOf(walk.entries, walk.count)));
    }

    /**
     * {@return the physical address, or {@link #UNMAPPED}}
     *
     * @param ram     RAM from physical address 0 on
     * @param cr0     says whether paging is on
     * @param cr3     the root
     * @param cr4     says how many levels
     * @param efer    says whether long mode is active
     * @param virtual the address
     */
    public static long translate(final MemorySegment ram, final long cr0, final long cr3, final long cr4,
            final long efer, final long virtual) {
        return new GuestPaging(ram, 0).translate(cr0, cr3, cr4, efer, virtual);
    }

    private long translate(final long cr0, final long cr3, final long cr4, final long efer, final long virtual) {
        if ((cr0 & CR0_PG) == 0) {
            return inRam(virtual & 0xFFFF_FFFFL);
        }
        if ((efer & EFER_LMA) != 0) {
            final int levels = (cr4 & CR4_LA57) != 0 ? 5 : 4;
            return walkLong(cr3 & FRAME, levels, virtual);
        }
        if ((cr4 & CR4_PAE) != 0) {
            final long pointerTable = cr3 & 0xFFFF_FFE0L;
            final long entry = load(pointerTable + (virtual >>> 30 & 3) * Long.BYTES, Long.BYTES);
            return (entry & PRESENT) == 0 ? UNMAPPED : walkLong(entry & FRAME, 2, virtual & 0xFFFF_FFFFL);
        }
        return walkShort(cr3 & FRAME_32, (cr4 & CR4_PSE) != 0, virtual & 0xFFFF_FFFFL);
    }

    private long walkLong(final long root, final int levels, final long virtual) {
        long table = root;
        for (int level = levels - 1; level >= 0; level--) {
            final int shift = PAGE_BITS + LONG_INDEX_BITS * level;
            final long index = virtual >>> shift & (1 << LONG_INDEX_BITS) - 1;
            final long entry = load(table + index * Long.BYTES, Long.BYTES);
            if ((entry & PRESENT) == 0) {
                return UNMAPPED;
            }
            if (level == 0 || level <= 2 && (entry & LARGE) != 0) {
                size = 1L << shift;
                final long mask = size - 1;
                return inRam(entry & FRAME & ~mask | virtual & mask);
            }
            table = entry & FRAME;
        }
        return UNMAPPED;
    }

    private long walkShort(final long root, final boolean largePages, final long virtual) {
        final int directoryShift = PAGE_BITS + SHORT_INDEX_BITS;
        final long directory = load(root + (virtual >>> directoryShift) * Integer.BYTES, Integer.BYTES);
        if ((directory & PRESENT) == 0) {
            return UNMAPPED;
        }
        if (largePages && (directory & LARGE) != 0) {
            size = 1L << directoryShift;
            final long mask = size - 1;
            return inRam(directory & ~mask & 0xFFFF_FFFFL | virtual & mask);
        }
        final long index = virtual >>> PAGE_BITS & (1 << SHORT_INDEX_BITS) - 1;
        final long entry = load((directory & FRAME_32) + index * Integer.BYTES, Integer.BYTES);
        return (entry & PRESENT) == 0 ? UNMAPPED : inRam(entry & FRAME_32 | virtual & EngineConfig.PAGE - 1);
    }

    /**
     * {@return an 8-byte entry of a paging structure, 0 outside RAM}
     *
     * @param ram      RAM from physical address 0 on
     * @param physical its address
     */
    public static long entry(final MemorySegment ram, final long physical) {
        return isOutside(ram, physical, Long.BYTES) ? 0 : ram.get(ValueLayout.JAVA_LONG_UNALIGNED, physical);
    }

    private long load(final long guestPhysical, final int bytes) {
        final long physical = ExtendedPaging.physical(ram, extended, guestPhysical);
        if (isOutside(ram, physical, bytes)) {
            return 0;
        }
        entries[count++] = physical;
        leaf = bytes == Long.BYTES ? ram.get(ValueLayout.JAVA_LONG_UNALIGNED, physical)
                : Integer.toUnsignedLong(ram.get(ValueLayout.JAVA_INT_UNALIGNED, physical));
        return leaf;
    }

    private static boolean isOutside(final MemorySegment ram, final long physical, final int size) {
        return physical < 0 || physical > ram.byteSize() - size;
    }

    private long inRam(final long guestPhysical) {
        final long physical = ExtendedPaging.physical(ram, extended, guestPhysical);
        return isOutside(ram, physical, 1) ? UNMAPPED : physical;
    }
}
