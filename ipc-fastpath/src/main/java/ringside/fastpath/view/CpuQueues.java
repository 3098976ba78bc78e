package ringside.fastpath.view;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one CPU runs and has to run.
 *
 * @param index    its number
 * @param address  of its block
 * @param running  the thread that it runs; empty while it idles
 * @param ready    threads that are ready, by priority, the first to run first; levels without any are left out
 * @param sleepers threads with a timer, the first to wake first
 * @param ticks    that it has counted
 */
public record CpuQueues(int index, long address, OptionalLong running, SortedMap<Integer, List<Long>> ready,
        List<Long> sleepers, long ticks) {
    /** Copies the collections. */
    public CpuQueues {
        ready = Collections.unmodifiableSortedMap(new TreeMap<>(ready));
        sleepers = List.copyOf(sleepers);
    }
}
