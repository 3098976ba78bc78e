package ringside.emulator.engine.unicorn;

/**
 * The memory that machine-code stubs and Java share: offsets in bytes. Stubs get its address as their user data.
 *
 * <p>Counters first, then what the stubs need to reach the engine and Java.
 */
final class Shared {
    /** Instructions retired; each block is added when it starts. */
    static final int INSTRUCTIONS = 0x00;
    /** Cycles of those instructions, and of skipped time. */
    static final int CYCLES = 0x08;
    /** When CYCLES is at or past this before a block, DEADLINE and PENDING decide whether Java is asked. */
    static final int ATTENTION = 0x10;
    /** The block-table entry of the block that runs, 0 after an exception. */
    static final int CURRENT = 0x18;
    /** Where the next record goes. */
    static final int RING_NEXT = 0x20;
    /** At or past this the ring is drained; there is room for {@link RingRecord#MOST_AT_ONCE} records behind it. */
    static final int RING_LIMIT = 0x28;
    /** {@link RingRecord#ALL} or {@link RingRecord#LAST_BLOCKS} while something is recorded, otherwise 0. */
    static final int RECORDING = 0x30;
    /** The CPU state. */
    static final int ENV = 0x38;
    /** The CPU object. */
    static final int CPU = 0x40;
    /** 1 + the vector that is being delivered, 0 otherwise. */
    static final int DELIVERING = 0x48;
    /** The block table. */
    static final int TABLE = 0x50;
    /** Repetitions of string instructions beyond the first. */
    static final int REPETITIONS = 0x58;

    /** Not 0 while loads and stores are recorded. */
    static final int MEMORY_OBSERVED = 0x60;
    /** When CYCLES is at or past this before a block, Java is asked in any case. */
    static final int DEADLINE = 0x68;
    /** What waits to be delivered: Java is asked as soon as the CPU would take some of it. */
    static final int PENDING = 0x70;

    static final int DO_INTERRUPT = 0x80;
    static final int DO_HARDWARE_INTERRUPT = 0x88;
    static final int LOOP_EXIT = 0x90;
    static final int READ_EFLAGS = 0x98;
    static final int WRITE_EFLAGS = 0xA0;
    static final int RAISE_EXCEPTION = 0xA8;
    static final int CHECK_PORT_1 = 0xB0;
    static final int CHECK_PORT_2 = 0xB8;
    static final int CHECK_PORT_4 = 0xC0;

    static final int UPCALL_MISS = 0x100;
    static final int UPCALL_ATTENTION = 0x108;
    static final int UPCALL_EXCEPTION = 0x110;
    static final int UPCALL_DRAIN = 0x118;
    static final int UPCALL_PORT_IN = 0x120;
    static final int UPCALL_PORT_OUT = 0x128;

    /** What Java makes of a register's value, for the stub that asked. From here on: system registers. */
    static final int VALUE = 0x200;
    static final int UPCALL_READ_MSR = 0x208;
    static final int UPCALL_WRITE_MSR = 0x210;
    static final int UPCALL_READ_CONTROL = 0x218;
    static final int UPCALL_WRITE_CONTROL = 0x220;
    static final int UPCALL_READ_DEBUG = 0x228;
    static final int UPCALL_WRITE_DEBUG = 0x230;

    /** Pages of RAM. From here on: the maps of RAM ({@link ringside.emulator.memory.GuestRam}). */
    static final int RAM_PAGES = 0x300;
    static final int DIRTY_PAGES = 0x308;
    static final int DIRTY_GROUPS = 0x310;
    static final int CODE_BITS = 0x318;
    static final int CODE_SETS = 0x320;
    /** This CPU's bit in the sets. */
    static final int CODE_PLACE = 0x328;
    /** The set of the page that was last stored to past a trap. */
    static final int CODE_THERE = 0x330;
    static final int UPCALL_CODE_APPEARED = 0x338;
    static final int UPCALL_CODE_WRITTEN = 0x340;
    /** How often translations were flushed, all or a page's. */
    static final int TLB_FLUSHES = 0x348;

    static final int UPCALL_DELIVERED = 0x238;
    /** The first byte outside the canonical addresses that was accessed, for the #GP that follows; 0 otherwise. */
    static final int OUTSIDE = 0x240;

    static final int UPCALL_LIMIT = 0x248;
    static final int UPCALL_SUPERVISE = 0x250;
    static final int UPCALL_GATHER = 0x258;

    /** Not 0 while a breakpoint on data is enabled. */
    static final int WATCHING = 0x260;
    /** Not 0 from a single step to the delivery of its #DB. */
    static final int STEPPED = 0x268;
    static final int UPCALL_WATCH_PAGE = 0x270;
    static final int UPCALL_WATCH_ACCESS = 0x278;
    static final int UPCALL_DO_AGAIN = 0x280;
    static final int UPCALL_SYSTEM_SEGMENT = 0x288;
    static final int UPCALL_RETURN = 0x290;

    /** While a CMPXCHG is being translated: the variables of what memory had and of what is compared with it. */
    static final int EXCHANGE_FOUND = 0x2A8;
    static final int EXCHANGE_COMPARED = 0x2B0;
    /** The variables that the translator extended in place last, and before; 0 for one that was not in place. */
    static final int EXTENDED_LAST = 0x298;
    static final int EXTENDED_BEFORE = 0x2A0;

    /** The EPTP under whose tables memory is reached, 0 for none. From here on: extended page tables. */
    static final int EXTENDED_TABLES = 0x380;
    /** Why the page that is being entered in the TLB is looked for: 0 to read, 1 to write, 2 to execute. */
    static final int ACCESS = 0x388;
    static final int UPCALL_TABLE_ACCESS = 0x390;
    static final int UPCALL_PAGE_ACCESS = 0x398;

    /** Not 0 while translations are recorded. From here on: those ({@link PagingStubs}). */
    static final int TRANSLATIONS_OBSERVED = 0x400;
    /** How many entries of page tables were read for the page that is being entered in the TLB. */
    static final int WALK_COUNT = 0x448;
    /** Where they are, the root's first. */
    static final int WALK = 0x408;
    /** The virtual address that the library is being asked to access; 0 for an access of another kind. */
    static final int ACCESSED = 0x430;
    /** Whether CR3 is being written with bit 63 set, with process-context identifiers. */
    static final int KEEPS = 0x438;
    /** RAM, in the host's memory. */
    static final int RAM_BASE = 0x440;

    /** The first and the last page of RAM whose accesses are recorded, as addresses; of others they may be. */
    static final int RECORDED_BEGIN = 0x450;
    static final int RECORDED_END = 0x458;
    /** The record of {@link ringside.emulator.memory.StoreWatch}. */
    static final int STORE_WATCH = 0x460;

    static final int BYTES = 0x1000;

    /** After so many repetitions of one string instruction Java is asked, so that none runs for ever. */
    static final int REPETITIONS_BETWEEN_QUESTIONS = 1 << 16;

    private Shared() {
    }
}
