package ringside.fastpath.view;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A process and its address space.
 *
 * @param process  its address
 * @param name     that it was given
 * @param cr3      that its threads run with
 * @param quota    kernel memory that it may pay for, bytes
 * @param used     of that
 * @param threads  its threads
 * @param mappings in it
 * @param pages    entries of its page tables that map something, by virtual address, of user memory
 */
public record SpaceView(long process, String name, long cr3, long quota, long used, List<Long> threads,
        List<Mapping> mappings, SortedMap<Long, Long> pages) {
    /** Copies the collections. */
    public SpaceView {
        threads = List.copyOf(threads);
        mappings = List.copyOf(mappings);
        pages = Collections.unmodifiableSortedMap(new TreeMap<>(pages));
    }

    /**
     * Pages of a memory object in an address space.
     *
     * @param address where they begin
     * @param pages   how many
     * @param first   which of the object's is the first
     * @param access  as bits of page table entries
     */
    public record Mapping(long address, long pages, long first, long access) {
    }
}
