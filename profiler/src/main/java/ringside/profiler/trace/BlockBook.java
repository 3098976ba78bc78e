package ringside.profiler.trace;

import java.util.Arrays;

/** Blocks by number, and which came last behind which: what writer and reader of a stream both know so far. */
final class BlockBook {
    /** How many blocks have a number; then all numbers are given anew. */
    static final int MOST = 1 << 16;
    /** Behind no block. */
    static final int NONE = -1;

    private long[] addresses = new long[1 << 8];
    private int[] sizes = new int[1 << 8];
    private int[] instructions = new int[1 << 8];
    private byte[] levels = new byte[1 << 8];
    private int[] successors = new int[1 << 8];
    private int[] buckets = new int[1 << 9];
    private int count;
    private final int[] latest = new int[TraceLimits.CPUS];

    private final boolean searched;

    /** Makes an empty one, in which blocks are searched by what they are, or only by number. */
    BlockBook(final boolean searched) {
        this.searched = searched;
        clear();
    }

    void clear() {
        count = 0;
        Arrays.fill(latest, NONE);
        Arrays.fill(buckets, NONE);
    }

    int count() {
        return count;
    }

    long address(final int block) {
        return addresses[block];
    }

    int size(final int block) {
        return sizes[block];
    }

    int instructions(final int block) {
        return instructions[block];
    }

    int level(final int block) {
        return levels[block];
    }

    boolean is(final int block, final long address, final int size, final int number, final int level) {
        return addresses[block] == address && sizes[block] == size && instructions[block] == number
                && levels[block] == level;
    }

    /** {@return where the vCPU's latest block ended, 0 if there is none} */
    long end(final int cpu) {
        final int block = latest[cpu];
        return block == NONE ? 0 : addresses[block] + sizes[block];
    }

    /** {@return the block that last came behind the vCPU's latest one, or {@link #NONE}} */
    int expected(final int cpu) {
        return latest[cpu] == NONE ? NONE : successors[latest[cpu]];
    }

    /** A vCPU ran a block. */
    void ran(final int cpu, final int block) {
        if (latest[cpu] != NONE) {
            successors[latest[cpu]] = block;
        }
        latest[cpu] = block;
    }

    /** {@return the number of a block, or {@link #NONE}} */
    int find(final long address, final int size, final int number, final int level) {
        int slot = slot(address, size, number, level);
        while (buckets[slot] != NONE && !is(buckets[slot], address, size, number, level)) {
            slot = slot + 1 & buckets.length - 1;
        }
        return buckets[slot];
    }

    /** Gives a block a number; where there is none left, all others lose theirs. */
    int add(final long address, final int size, final int number, final int level) {
        if (count == MOST) {
            clear();
        }
        if (count == addresses.length) {
            grow();
        }
        addresses[count] = address;
        sizes[count] = size;
        instructions[count] = number;
        levels[count] = (byte) level;
        successors[count] = NONE;
        if (searched) {
            place(count);
        }
        return count++;
    }

    private void grow() {
        final int larger = 2 * count;
        addresses = Arrays.copyOf(addresses, larger);
        sizes = Arrays.copyOf(sizes, larger);
        instructions = Arrays.copyOf(instructions, larger);
        levels = Arrays.copyOf(levels, larger);
        successors = Arrays.copyOf(successors, larger);
        if (searched) {
            buckets = new int[2 * larger];
            Arrays.fill(buckets, NONE);
            for (int i = 0; i < count; i++) {
                place(i);
            }
        }
    }

    private void place(final int block) {
        int slot = slot(addresses[block], sizes[block], instructions[block], levels[block]);
        while (buckets[slot] != NONE) {
            slot = slot + 1 & buckets.length - 1;
        }
        buckets[slot] = block;
    }

    private int slot(final long address, final int size, final int number, final int level) {
        final long mixed = (address * 31 + size * 4L + number * 1024L + level) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 40) & buckets.length - 1;
    }
}
