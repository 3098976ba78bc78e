package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.GuestPaging;

/** Page tables of long mode, entry by entry (Intel SDM volume 3, 4.5). */
final class PageTables {
    private static final String[] LEVELS = {"PT", "PD", "PDPT", "PML4", "PML5"};
    private static final int PAGE_BITS = 12;
    private static final int INDEX_BITS = 9;
    private static final int ENTRIES = 1 << INDEX_BITS;
    private static final long FRAME = 0x000F_FFFF_FFFF_F000L;
    private static final long PRESENT = 1;
    private static final long WRITE = 1 << 1;
    private static final long USER = 1 << 2;
    private static final long ACCESSED = 1 << 5;
    private static final long DIRTY = 1 << 6;
    private static final long LARGE = 1 << 7;
    private static final long GLOBAL = 1 << 8;
    private static final long NO_EXECUTE = 1L << 63;
    private static final int MOST_RANGES = 2000;
    private static final int MOST_TABLES = 20_000;

    private final Guest guest;
    private final int levels;
    private final List<String> lines = new ArrayList<>();
    private Range open;
    private int tables;

    /** Pages that lie side by side, with the same rights. */
    private record Range(long from, long to, long physical, long flags) {
    }

    PageTables(final Guest guest) {
        this.guest = guest;
        if ((guest.register(CpuRegister.CR0) & 1L << 31) == 0) {
            throw new RefusedException("paging is off: every address is a physical one");
        }
        if ((guest.register(CpuRegister.EFER) & 1 << 10) == 0) {
            throw new RefusedException("only page tables of long mode are shown");
        }
        levels = (guest.register(CpuRegister.CR4) & 1 << 12) == 0 ? 4 : 5;
    }

    private long entry(final long table, final int index) {
        return GuestPaging.entry(guest.machine().cpu(guest.cpu()).memory(), table + (long) index * Long.BYTES);
    }

    /** {@return a line for each entry on the way to an address, and one for its end} */
    List<String> walk(final long address) {
        long table = guest.register(CpuRegister.CR3) & FRAME;
        for (int level = levels - 1; level >= 0; level--) {
            final int shift = PAGE_BITS + INDEX_BITS * level;
            final int index = (int) (address >>> shift) & ENTRIES - 1;
            final long entry = entry(table, index);
            lines.add(String.format(Locale.ROOT, "%-4s 0x%x[%d] = 0x%016x  %s", LEVELS[level], table, index, entry,
                flags(entry, level)));
            if ((entry & PRESENT) == 0) {
                lines.add("0x" + Long.toHexString(address) + " is not mapped");
                return lines;
            }
            if (level == 0 || level <= 2 && (entry & LARGE) != 0) {
                final long inside = (1L << shift) - 1;
                lines.add("0x" + Long.toHexString(address) + " is physical 0x"
                    + Long.toHexString(entry & FRAME & ~inside | address & inside));
                return lines;
            }
            table = entry & FRAME;
        }
        return lines;
    }

    private static String flags(final long entry, final int level) {
        if ((entry & PRESENT) == 0) {
            return "not present";
        }
        return ((entry & WRITE) != 0 ? "writable" : "read-only") + ((entry & USER) != 0 ? " user" : " supervisor")
            + ((entry & NO_EXECUTE) != 0 ? " no-execute" : "") + ((entry & ACCESSED) != 0 ? " accessed" : "")
            + ((entry & DIRTY) != 0 ? " dirty" : "") + (level > 0 && (entry & LARGE) != 0 ? " large" : "")
            + ((entry & GLOBAL) != 0 ? " global" : "");
    }

    /** {@return a line for each range between two addresses} */
    List<String> maps(final long from, final long to) {
        visit(guest.register(CpuRegister.CR3) & FRAME, levels - 1, 0, WRITE | USER, from, to);
        close();
        if (lines.isEmpty()) {
            lines.add("nothing is mapped there");
        }
        return lines;
    }

    private void visit(final long table, final int level, final long base, final long rights, final long from,
            final long to) {
        if (++tables > MOST_TABLES || lines.size() >= MOST_RANGES) {
            throw new RefusedException("there is more than can be shown: name a range, 'maps FROM TO'");
        }
        final int shift = PAGE_BITS + INDEX_BITS * level;
        for (int i = 0; i < ENTRIES; i++) {
            final long raw = base | (long) i << shift;
            final int top = PAGE_BITS + INDEX_BITS * levels;
            final long address = raw << Long.SIZE - top >> Long.SIZE - top;
            final long last = address + ((1L << shift) - 1);
            final long entry = entry(table, i);
            if ((entry & PRESENT) == 0 || Long.compareUnsigned(last, from) < 0
                    || Long.compareUnsigned(address, to) > 0) {
                continue;
            }
            final long allowed = rights & entry & (WRITE | USER) | (rights | entry) & NO_EXECUTE;
            if (level == 0 || level <= 2 && (entry & LARGE) != 0) {
                add(address, last, entry & FRAME & -(1L << shift), allowed | entry & GLOBAL);
            } else {
                visit(entry & FRAME, level - 1, raw, allowed, from, to);
            }
        }
    }

    private void add(final long from, final long last, final long physical, final long flags) {
        if (open != null && open.to + 1 == from && open.flags == flags
                && open.physical + (from - open.from) == physical) {
            open = new Range(open.from, last, open.physical, flags);
            return;
        }
        close();
        open = new Range(from, last, physical, flags);
    }

    private void close() {
        if (open != null) {
            final String rights = "r" + ((open.flags & WRITE) != 0 ? "w" : "-")
                + ((open.flags & NO_EXECUTE) != 0 ? "-" : "x") + ((open.flags & USER) != 0 ? "u" : "-")
                + ((open.flags & GLOBAL) != 0 ? "g" : "-");
            final String name = guest.symbol(open.from);
            lines.add(String.format(Locale.ROOT, "%016x-%016x %7d KiB  %s  physical %x%s", open.from, open.to,
                (open.to - open.from + 1) >> 10, rights, open.physical, name.isEmpty() ? "" : "  " + name));
        }
        open = null;
    }
}
