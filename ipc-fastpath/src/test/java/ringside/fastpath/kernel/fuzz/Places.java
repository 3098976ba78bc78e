package ringside.fastpath.kernel.fuzz;

import java.util.List;

/** Where things are in the spaces of fuzzed processes, and in which slots their handles are. */
final class Places {
    /** Bytes of a page. */
    static final long PAGE = 4096;
    /** The lists of all threads. */
    static final long LISTS = 0x200_0000;
    /** Bytes of all lists: what four programs have room for. */
    static final int LISTS_SIZE = 4 * 0x8000;
    /** Operations of one list, the last one included, which goes to the first. */
    static final int LIST_OPS = 37;
    /** Memory that processes share. */
    static final long SCRATCH = 0x300_0000;
    /** Pages of it. */
    static final long SCRATCH_PAGES = 4;
    /** Where fuzzed threads map: the middle is where one page table ends and the next begins, or four do. */
    static final List<Long> MAPS = List.of(0x2040_0000L - 4 * PAGE, 0x80_0000_0000L - 4 * PAGE);

    /** Where a large page is mapped. */
    static final long LARGE = 0x2060_0000;
    /** The priorities of most threads; the supervisor's is the highest of all. */
    static final List<Integer> PRIORITIES = List.of(1, 2, 2, 63, 64, 64, 130);

    /** The slot of the memory object with the program. */
    static final int CODE_SLOT = 0;
    /** The slot of the memory object with the lists. */
    static final int LISTS_SLOT = 1;
    /** The slot of the memory that processes share. */
    static final int SCRATCH_SLOT = 2;
    /** The slots of two endpoints, from here. */
    static final int ENDPOINT_SLOT = 3;
    /** The slot of a notification. */
    static final int NOTIFICATION_SLOT = 5;
    /** The slot of the next process. */
    static final int NEXT_SLOT = 6;
    /** The slot of the own process. */
    static final int OWN_SLOT = 7;
    /** Slots from here on are empty at first. */
    static final int FREE_SLOT = 8;
    /** The slot of the right to make interrupts. */
    static final int MACHINE_SLOT = 21;
    /** Slots from here on are hardly used. */
    static final int END_SLOT = 24;

    private Places() {
    }

    /** {@return the address of a list} */
    static long list(final int index) {
        return LISTS + (long) index * LIST_OPS * Op.SIZE;
    }
}
