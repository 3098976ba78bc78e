package ringside.emulator.pages;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.memory.HostMemory;

/**
 * Memory outside the heap for pages that snapshots keep: the collector finds out when nobody has a page any more, and
 * never copies one. What is given back is given out again, for memory that was touched before is ten times cheaper
 * than fresh memory; the host gets none of it back. Process-wide; any thread.
 */
final class PageMemory {
    /** Bytes that are taken of the host at a time. */
    private static final long SLAB = 1 << 20;
    /** Pages beside twice those that were found in use, before the collector is asked to look again. */
    static final long SLACK = (128L << 20) / GuestRam.PAGE;

    private static final long PATIENCE_MILLISECONDS = 10;

    private static long[] free = new long[(int) (SLAB / GuestRam.PAGE)];
    private static int count;
    /** Pages given out and not given back, and the fewest of them since the collector was asked. */
    private static long out;
    private static long fewest;

    private PageMemory() {
    }

    /**
     * {@return 4 KiB with anything in them}
     *
     * @throws ringside.emulator.memory.HostMemoryException when the host has none
     */
    static MemorySegment page() {
        final long address = take();
        return MemorySegment.ofAddress(address).reinterpret(GuestRam.PAGE, Arena.ofAuto(), page -> giveBack(address));
    }

    private static synchronized long take() {
        if (out > 2 * fewest + SLACK) {
            collect();
        }
        if (count == 0) {
            final long slab = HostMemory.map(SLAB).address();
            for (long at = SLAB - GuestRam.PAGE; at >= 0; at -= GuestRam.PAGE) {
                free[count++] = slab + at;
            }
        }
        out++;
        return free[--count];
    }

    /** Pages in use are in no heap, so nothing else has the collector run because of them. */
    private static void collect() {
        fewest = out;
        System.gc();
        try {
            // Pages come back one by one, by a thread of Java's own.
            long before;
            do {
                before = out;
                PageMemory.class.wait(PATIENCE_MILLISECONDS);
            } while (out < before);
        } catch (final InterruptedException later) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return how many pages were taken of the host} */
    static synchronized long taken() {
        return out + count;
    }

    private static synchronized void giveBack(final long address) {
        if (count == free.length) {
            free = Arrays.copyOf(free, 2 * count);
        }
        free[count++] = address;
        out--;
        fewest = Math.min(fewest, out);
    }
}
