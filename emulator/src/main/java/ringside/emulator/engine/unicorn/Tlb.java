package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * The address translations that a CPU holds. A guest sees them where it changes its page tables and invalidates
 * nothing, as kernels do that clear accessed bits; so a CPU that goes on elsewhere takes them along.
 *
 * <p>For each translation regime (supervisor, user, supervisor without SMAP) there is a table in which a page has one
 * place, a few entries that were pushed out of it, and figures by which the library sizes the table when it is flushed.
 *
 * <p><b>Not part of it:</b> which entries are there for instruction fetches also depends on which code the library has
 * translated, which no state tells. So two CPUs of equal state may hold different entries, each a translation that the
 * page tables gave.
 */
final class Tlb implements Stateful {
    /** From the CPU state: a word of regimes that are not empty, then the regimes' figures. */
    static final int USED_REGIMES = -2192;
    static final int FIGURES = USED_REGIMES + 32;
    static final int FIGURES_BYTES = 696;
    static final int REGIMES = 3;
    static final int WINDOW_BEGIN = 16;
    static final int WINDOW_MOST = 24;
    static final int ENTRIES_USED = 32;
    /** From the CPU state, for each regime: the table's size in bytes less an entry, and its address. */
    static final int TABLES = -0x40;
    static final int TABLES_BYTES = 16;
    /** No table grows beyond 65,536 entries. */
    static final int MOST_ENTRIES_SHIFT = 16;
    static final int ENTRY_SHIFT = 6;

    private static final int LARGE_ADDRESS = 0;
    private static final int LARGE_MASK = 8;
    private static final int NEXT_VICTIM = 40;
    private static final int VICTIMS = 48;
    private static final int VICTIM_PLACES = 560;
    private static final int PLACES = 688;
    private static final int VICTIM_COUNT = 8;
    private static final int PLACE_BYTES = 16;
    private static final int ENTRY_BYTES = 1 << ENTRY_SHIFT;
    private static final int ENTRY_WORDS = ENTRY_BYTES / Long.BYTES;
    private static final int PHYSICAL = 24;
    private static final int RIGHTS = 3;
    private static final int LEAST_ENTRIES_SHIFT = 6;
    private static final long EMPTY = -1;
    private static final long PAGE_MASK = CodeStubs.PAGE_MASK;
    private static final long PHYSICAL_MOST = (1L << 52) - 1;

    private final Unicorn library;
    private final MemorySegment cpu;
    private final MemorySegment env;
    private final MemorySegment shared;

    Tlb(final Unicorn library, final MemorySegment uc, final MemorySegment shared) {
        this.library = library;
        this.shared = shared;
        cpu = Env.cpu(uc);
        env = MemorySegment.ofAddress(Env.of(uc).address() + USED_REGIMES).reinterpret(-USED_REGIMES);
    }

    private MemorySegment figures(final int regime) {
        return env.asSlice(FIGURES - USED_REGIMES + (long) regime * FIGURES_BYTES, FIGURES_BYTES);
    }

    private long tableAt(final int regime) {
        return TABLES - USED_REGIMES + (long) regime * TABLES_BYTES;
    }

    private int entries(final int regime) {
        return (int) (env.get(JAVA_LONG, tableAt(regime)) >> ENTRY_SHIFT) + 1;
    }

    private MemorySegment table(final int regime) {
        return env.get(ADDRESS, tableAt(regime) + Long.BYTES).reinterpret((long) entries(regime) << ENTRY_SHIFT);
    }

    private MemorySegment places(final int regime) {
        return figures(regime).get(ADDRESS, PLACES).reinterpret((long) entries(regime) * PLACE_BYTES);
    }

    @Override
    public void save(final StateWriter out) {
        out.section("tlb").i64(shared.get(JAVA_LONG, Shared.TLB_FLUSHES)).u16(env.get(JAVA_SHORT, 0));
        for (int regime = 0; regime < REGIMES; regime++) {
            final MemorySegment figures = figures(regime);
            out.i32(entries(regime)).i64(figures.get(JAVA_LONG, ENTRIES_USED)).i64(figures.get(JAVA_LONG, WINDOW_MOST))
                    .i64(figures.get(JAVA_LONG, LARGE_ADDRESS)).i64(figures.get(JAVA_LONG, LARGE_MASK))
                    .u8((int) figures.get(JAVA_LONG, NEXT_VICTIM) & VICTIM_COUNT - 1);
            if ((env.get(JAVA_SHORT, 0) & 1 << regime) == 0) {
                out.i32(0).i32(0);
            } else {
                saveEntries(out, figures.asSlice(VICTIMS, VICTIM_COUNT * (long) ENTRY_BYTES));
                saveEntries(out, table(regime));
            }
        }
    }

    // Taken as one array: snapshots are taken all the time, and looks into native memory are slow until compiled.
    private static void saveEntries(final StateWriter out, final MemorySegment entries) {
        final long[] words = entries.toArray(JAVA_LONG);
        int used = 0;
        for (int at = 0; at < words.length; at += ENTRY_WORDS) {
            used += rights(words, at) == 0 ? 0 : 1;
        }
        out.i32(used);
        for (int at = 0; used > 0; at += ENTRY_WORDS) {
            final int rights = rights(words, at);
            if (rights != 0) {
                final int which = Integer.numberOfTrailingZeros(rights);
                out.i32(at / ENTRY_WORDS).u8(rights).i64(words[at + which] & ~PAGE_MASK)
                        .i64(words[at + PHYSICAL / Long.BYTES]);
                used--;
            }
        }
    }

    private static int rights(final long[] words, final int at) {
        return (words[at] == EMPTY ? 0 : 1) | (words[at + 1] == EMPTY ? 0 : 2) | (words[at + 2] == EMPTY ? 0 : 4);
    }

    /** What {@link #forEach} tells of a page: its virtual and its physical address. */
    @FunctionalInterface
    interface Pages {
        /** An entry. */
        void page(long virtual, long physical);
    }

    /** Tells each entry, a page in several regimes more than once. */
    void forEach(final Pages pages) {
        for (int regime = 0; regime < REGIMES; regime++) {
            forEach(figures(regime).asSlice(VICTIMS, VICTIM_COUNT * (long) ENTRY_BYTES), pages);
            forEach(table(regime), pages);
        }
    }

    private static void forEach(final MemorySegment entries, final Pages pages) {
        for (long at = 0; at < entries.byteSize(); at += ENTRY_BYTES) {
            final int rights = rights(entries, (int) (at >> ENTRY_SHIFT));
            if (rights != 0) {
                final int which = Integer.numberOfTrailingZeros(rights);
                pages.page(entries.get(JAVA_LONG, at + (long) which * Long.BYTES) & ~PAGE_MASK,
                        entries.get(JAVA_LONG, at + PHYSICAL));
            }
        }
    }

    /** Bits 0 to 2: may be read, written, executed. */
    private static int rights(final MemorySegment entries, final int index) {
        int rights = 0;
        for (int i = 0; i < RIGHTS; i++) {
            final long address = entries.get(JAVA_LONG, ((long) index << ENTRY_SHIFT) + (long) i * Long.BYTES);
            rights |= address == EMPTY ? 0 : 1 << i;
        }
        return rights;
    }

    @Override
    public void load(final StateReader in) {
        in.section("tlb");
        shared.set(JAVA_LONG, Shared.TLB_FLUSHES, in.i64(0, Long.MAX_VALUE));
        final int usedRegimes = in.u16();
        if (usedRegimes >= 1 << REGIMES) {
            throw in.refused("there are " + REGIMES + " translation regimes: used=" + usedRegimes);
        }
        for (int regime = 0; regime < REGIMES; regime++) {
            final int entries = in.i32(1 << LEAST_ENTRIES_SHIFT, 1 << MOST_ENTRIES_SHIFT);
            if (Integer.bitCount(entries) != 1) {
                throw in.refused("a table's size is a power of two: entries=" + entries);
            }
            makeEmpty(regime, entries);
            loadRegime(in, regime);
        }
        env.set(JAVA_SHORT, 0, (short) usedRegimes);
    }

    private void makeEmpty(final int regime, final int entries) {
        final MemorySegment figures = figures(regime);
        final MemorySegment table = library.allocate((long) entries << ENTRY_SHIFT);
        final MemorySegment places = library.allocate((long) entries * PLACE_BYTES);
        library.free(env.get(ADDRESS, tableAt(regime) + Long.BYTES));
        library.free(figures.get(ADDRESS, PLACES));
        env.set(JAVA_LONG, tableAt(regime), (long) entries - 1 << ENTRY_SHIFT);
        env.set(ADDRESS, tableAt(regime) + Long.BYTES, table.fill((byte) EMPTY));
        figures.set(ADDRESS, PLACES, places.fill((byte) 0));
        figures.asSlice(VICTIMS, VICTIM_COUNT * (long) ENTRY_BYTES).fill((byte) EMPTY);
    }

    private void loadRegime(final StateReader in, final int regime) {
        final MemorySegment figures = figures(regime);
        final long used = in.i64(Integer.MIN_VALUE, Integer.MAX_VALUE);
        final long most = in.i64(Integer.MIN_VALUE, Integer.MAX_VALUE);
        final long largeAddress = in.i64();
        final long largeMask = in.i64();
        final int nextVictim = in.u8() & VICTIM_COUNT - 1;
        final MemorySegment table = table(regime);
        final MemorySegment victims = figures.asSlice(VICTIMS, VICTIM_COUNT * (long) ENTRY_BYTES);
        final int victimCount = in.i32(0, VICTIM_COUNT);
        for (int i = 0; i < victimCount; i++) {
            final int victim = in.i32(0, VICTIM_COUNT - 1);
            final long place = loadEntry(in, regime);
            final MemorySegment entry = table.asSlice(place << ENTRY_SHIFT, ENTRY_BYTES);
            MemorySegment.copy(entry, 0, victims, (long) victim << ENTRY_SHIFT, ENTRY_BYTES);
            MemorySegment.copy(places(regime), place * PLACE_BYTES, figures,
                    VICTIM_PLACES + (long) victim * PLACE_BYTES, PLACE_BYTES);
            entry.fill((byte) EMPTY);
        }
        final int count = in.i32(0, entries(regime));
        int previous = -1;
        for (int i = 0; i < count; i++) {
            final int place = in.i32(previous + 1, entries(regime) - 1);
            if (loadEntry(in, regime) != place) {
                throw in.refused("a page has one place in the table: place=" + place);
            }
            previous = place;
        }
        figures.set(JAVA_LONG, ENTRIES_USED, used);
        figures.set(JAVA_LONG, WINDOW_MOST, most);
        figures.set(JAVA_LONG, LARGE_ADDRESS, largeAddress);
        figures.set(JAVA_LONG, LARGE_MASK, largeMask);
        figures.set(JAVA_LONG, NEXT_VICTIM, nextVictim);
    }

    /** {@return the place of a translation that is entered as the page walk does it} */
    private long loadEntry(final StateReader in, final int regime) {
        final int rights = in.u8();
        final long virtual = in.i64();
        final long physical = in.i64(0, PHYSICAL_MOST);
        if (rights == 0 || rights >= 1 << RIGHTS || ((virtual | physical) & PAGE_MASK) != 0) {
            throw in.refused("a translation is of a page, with rights: virtual=0x" + Long.toHexString(virtual)
                    + " physical=0x" + Long.toHexString(physical) + " rights=" + rights);
        }
        library.enterTranslation(cpu, virtual, physical, rights, regime);
        return virtual >>> CodeStubs.PAGE_SHIFT & entries(regime) - 1;
    }
}
