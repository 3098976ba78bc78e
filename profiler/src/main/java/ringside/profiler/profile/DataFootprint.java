package ringside.profiler.profile;

/**
 * The kernel's data accesses in one window. A line is 64 bytes of physical memory, counted once however often it
 * is read or written; an access that straddles a boundary touches both lines.
 *
 * <p><b>Not modelled:</b> page-table walks. What the CPU itself reads and writes of descriptors and stacks counts.
 *
 * @param lines  distinct 64-byte lines touched at level 0
 * @param reads  read accesses at level 0
 * @param writes write accesses at level 0
 */
public record DataFootprint(int lines, long reads, long writes) {
    /** Of a profile taken without memory events. */
    public static final DataFootprint UNOBSERVED = new DataFootprint(0, 0, 0);
}
