package ringside.fastpath.kernel.view;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import ringside.kernel.abi.KernelMemory;
import ringside.toolchain.image.GuestImage;

/** What lies in the kernel's memory, by the kernel's addresses, seen from outside and between two instructions. */
public final class KernelView {
    /** Bytes of a page. */
    public static final long PAGE = 4096;
    /** The frame in an entry of a page table. */
    public static final long FRAME_MASK = 0x000f_ffff_ffff_f000L;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt HALF = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int MOST_LINKS = 100_000;

    private final GuestImage image;
    private final MemorySegment ram;

    /**
     * Looks at a machine.
     *
     * @param image what it booted
     * @param ram   its memory, from physical address 0 on
     */
    public KernelView(final GuestImage image, final MemorySegment ram) {
        this.image = image;
        this.ram = ram;
    }

    /** Something points to where nothing is, so nothing behind it can be looked at. */
    public static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LostException(final String message) {
            super(message);
        }
    }

    /**
     * {@return the physical address behind one of the kernel's}
     *
     * @param address in the image's window or in that of all RAM
     */
    public long physical(final long address) {
        final long physical = address - (address >= KernelMemory.KERNEL_BASE && address < 0
                ? KernelMemory.KERNEL_BASE : KernelMemory.DIRECT_BASE);
        if (physical < 0 || physical > ram.byteSize() - Long.BYTES) {
            throw new LostException("pointer: 0x" + Long.toHexString(address) + " is no address of the kernel's");
        }
        return physical;
    }

    /**
     * {@return the 64 bits at an address}
     *
     * @param address the kernel's
     */
    public long word(final long address) {
        return ram.get(WORD, physical(address));
    }

    /**
     * {@return the 32 bits at an address}
     *
     * @param address the kernel's
     */
    public int half(final long address) {
        return ram.get(HALF, physical(address));
    }

    /**
     * {@return the 64 bits at a physical address}
     *
     * @param address physical
     */
    public long physicalWord(final long address) {
        return ram.get(WORD, address);
    }

    /**
     * {@return the address of something that the kernel's sources name}
     *
     * @param symbol its name
     */
    public long symbol(final String symbol) {
        return image.symbols().byName(symbol).orElseThrow().address();
    }

    /**
     * {@return a 64-bit variable}
     *
     * @param symbol its name
     */
    public long variable(final String symbol) {
        return word(symbol(symbol));
    }

    /**
     * {@return all that a list has}
     *
     * @param what  the list, for messages
     * @param first its first member or 0
     * @param next  from a member to the next or 0
     */
    public List<Long> list(final String what, final long first, final LongUnaryOperator next) {
        final List<Long> members = new ArrayList<>();
        for (long member = first; member != 0; member = next.applyAsLong(member)) {
            if (members.size() == MOST_LINKS) {
                throw new LostException("list: " + what + " does not end");
            }
            members.add(member);
        }
        return members;
    }

    /**
     * {@return the entry that maps an address, or one on the way there that is not present}
     *
     * @param cr3     of the address space
     * @param address virtual
     */
    public long leaf(final long cr3, final long address) {
        long table = cr3 & FRAME_MASK;
        for (int shift = 39;; shift -= 9) {
            final long entry = ram.get(WORD, table + (address >>> shift & 0x1ff) * Long.BYTES);
            if (shift == 12 || (entry & 1) == 0 || (entry & 0x80) != 0) {
                return entry;
            }
            table = entry & FRAME_MASK;
        }
    }

    /** {@return RAM, page frames} */
    public int frames() {
        return (int) (ram.byteSize() / PAGE);
    }
}
