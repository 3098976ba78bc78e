package ringside.emulator.engine.unicorn;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ringside.emulator.memory.HostMemory;

/**
 * The blocks that the engine has translated, and the native table in which the block stub finds them.
 *
 * <p>A block is known by the host address its translation returns to after calling the stub: unique for as long as
 * the translation lives, whatever the guest does with its page tables or its code. The table is direct-mapped; what
 * falls out of it is found again here.
 */
final class BlockTable implements AutoCloseable {
    static final int KEY = 0;
    static final int ADDRESS = 8;
    static final int END = 16;
    /** Address of the last instruction where that is a repeated string instruction, otherwise {@link #NONE}. */
    static final int LAST_REPEAT = 24;
    static final int INSTRUCTIONS = 32;
    static final int CYCLES = 36;
    static final int ID = 40;
    /** {@link #STARTS_WITH_REPEAT} and other bits, 0 for nearly all blocks. */
    static final int FLAGS = 44;
    /** Of a memory operand: displacement, then three bytes: base, index, scale; {@link #NO_REGISTER} for none. */
    static final int DISPLACEMENT = 48;
    static final int BASE = 52;
    static final int INDEX = 53;
    static final int SCALE = 54;
    /** The segment whose base is added. */
    static final int SEGMENT = 55;
    static final int NO_REGISTER = 0xFF;
    /** The first word of the block's record at privilege level 0. */
    static final int HEAD = 56;

    /** The block is one repeated string instruction. */
    static final int STARTS_WITH_REPEAT = 1;
    /** RFLAGS.RF was set when the block was translated, and ends with its one instruction. */
    static final int RESUMES = 2;
    /** Java is to look at the block's one instruction before it runs. */
    static final int SUPERVISED = 4;
    /** Java is to look if the memory operand is not aligned to 16 bytes. */
    static final int ALIGNED = 8;
    /** The instruction waits for the x87 unit, and no helper of it is called in all cases. */
    static final int WAITS = 16;

    static final int ENTRY_SHIFT = 6;
    static final int INDEX_BITS = 15;
    /** Spreads translation addresses, which cluster. */
    static final int MULTIPLIER = 0x9E37_79B1;
    static final int HASH_SHIFT = 16;
    static final long NONE = -1;

    private static final long BYTES = 1L << INDEX_BITS + ENTRY_SHIFT;

    private static final long ENTRY_BYTES = 1L << ENTRY_SHIFT;

    /** The entries, and one more that no translation is found in. */
    private final MemorySegment table = HostMemory.map(BYTES + ENTRY_BYTES);
    private final Map<Long, Block> byKey = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private long highestKey;

    long address() {
        return table.address();
    }

    /** {@return the id that the next added block must have} */
    int nextId() {
        return blocks.size();
    }

    Block block(final int id) {
        return blocks.get(id);
    }

    /** {@return the block of an entry's address} */
    Block at(final long entry) {
        return blocks.get(table.get(ValueLayout.JAVA_INT, entry - table.address() + ID));
    }

    /** {@return the known block of a translation, or {@code null}} */
    Block find(final long key, final long address) {
        final Block block = byKey.get(key);
        return block != null && block.address() == address ? block : null;
    }

    /** {@return whether a new translation at {@code key} means that the engine threw all older ones away} */
    boolean reused(final long key) {
        return key <= highestKey;
    }

    /**
     * Enters a block.
     *
     * @param key     its translation
     * @param block   known, or new with {@link #nextId()}
     * @param found   whether the stub is to find it; otherwise it asks Java every time
     * @param current the entry of the block that ran before, which must survive: one that would take its place is put
     *                aside, and not found either
     * @return the address of the entry it now has
     */
    long put(final long key, final Block block, final boolean found, final long current) {
        if (block.id() == blocks.size()) {
            blocks.add(block);
            byKey.put(key, block);
            highestKey = Math.max(highestKey, key);
        }
        final long place = (key * MULTIPLIER >>> HASH_SHIFT & (1 << INDEX_BITS) - 1) << ENTRY_SHIFT;
        final boolean taken = table.address() + place == current;
        final long offset = taken ? BYTES : place;
        final int last = block.instructions() - 1;
        table.set(ValueLayout.JAVA_LONG, offset + KEY, found && !taken ? key : NONE);
        table.set(ValueLayout.JAVA_LONG, offset + ADDRESS, block.address());
        table.set(ValueLayout.JAVA_LONG, offset + END, block.address() + block.size());
        table.set(ValueLayout.JAVA_LONG, offset + LAST_REPEAT, block.repeats() ? block.at(last) : NONE);
        table.set(ValueLayout.JAVA_INT, offset + INSTRUCTIONS, block.instructions());
        table.set(ValueLayout.JAVA_INT, offset + CYCLES, block.cyclesFrom(0));
        table.set(ValueLayout.JAVA_INT, offset + ID, block.id());
        table.set(ValueLayout.JAVA_INT, offset + FLAGS,
                (block.repeats() && last == 0 ? STARTS_WITH_REPEAT : 0) | block.care());
        table.set(ValueLayout.JAVA_LONG, offset + DISPLACEMENT, block.operand());
        table.set(ValueLayout.JAVA_LONG, offset + HEAD, RingRecord.head(
                block.hasProbes() ? RingRecord.KEPT_BLOCK : RingRecord.BLOCK, 0, block.id()));
        return table.address() + offset;
    }

    /** Forgets everything. Entries' addresses taken before mean nothing any more. */
    void clear() {
        table.fill((byte) 0);
        byKey.clear();
        blocks.clear();
        highestKey = 0;
    }

    @Override
    public void close() {
        HostMemory.unmap(table);
    }
}
