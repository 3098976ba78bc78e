package ringside.emulator.pages;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.memory.HostMemory;

/**
 * Makes maps of RAM while the guest runs on: pages that changed are copied at once to an area that is used over and
 * over, and one thread of this process compares them with those before and puts away what is new.
 *
 * <pre>
 *   RAM ── copy ──► area ── by the thread ──► pages of a map
 *     the guest waits          the guest runs
 * </pre>
 *
 * <p>What a map holds depends on RAM alone, never on when it is made.
 */
final class ComingMaps {
    /** The fewest pages that are worth it: telling the thread takes as long as these. */
    static final int FEWEST = 32;
    /** The most pages that an area holds. */
    static final int MOST = 1024;

    /** Areas there are at most; who finds none free waits for the thread. */
    private static final int AREAS = 3;
    private static final Semaphore FREE = new Semaphore(AREAS);
    /** The areas that nobody uses, the last used one first, which the host's caches know best. */
    private static final ConcurrentLinkedDeque<MemorySegment> KNOWN = new ConcurrentLinkedDeque<>();

    private static final long IDLE_SECONDS = 5;
    private static final ThreadPoolExecutor THREAD = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), task -> Thread.ofPlatform().daemon().name("ringside-maps").unstarted(task));

    static {
        THREAD.allowCoreThreadTimeOut(true);
    }

    private ComingMaps() {
    }

    /**
     * {@return the map of RAM as it is now, as soon as it is made}
     *
     * @param before  the map before, made or coming
     * @param ram     may change as soon as this returns
     * @param changed numbers of at most {@link #MOST} pages that may differ from the map before
     * @throws ringside.emulator.memory.HostMemoryException when the host has no memory
     */
    static CompletableFuture<PageMap> next(
            final CompletableFuture<PageMap> before, final MemorySegment ram, final BitSet changed) {
        FREE.acquireUninterruptibly();
        final MemorySegment area;
        try {
            area = copied(ram, changed);
        } catch (final Throwable none) {
            FREE.release();
            throw none;
        }
        // Tasks are done in order: the map before is there when this one's turn comes.
        return CompletableFuture.supplyAsync(() -> {
            try {
                return before.join().nextOfCopies(area, changed);
            } finally {
                KNOWN.push(area);
                FREE.release();
            }
        }, THREAD);
    }

    private static MemorySegment copied(final MemorySegment ram, final BitSet changed) {
        final MemorySegment known = KNOWN.poll();
        final MemorySegment area = known == null ? HostMemory.map((long) MOST * GuestRam.PAGE) : known;
        long at = 0;
        int first = changed.nextSetBit(0);
        while (first >= 0) {
            final int end = changed.nextClearBit(first);
            final long length = (long) (end - first) * GuestRam.PAGE;
            MemorySegment.copy(ram, (long) first * GuestRam.PAGE, area, at, length);
            at += length;
            first = changed.nextSetBit(end);
        }
        return area;
    }
}
