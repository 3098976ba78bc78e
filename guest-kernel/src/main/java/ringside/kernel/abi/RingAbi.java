package ringside.kernel.abi;

import java.util.List;
import ringside.toolchain.layout.Constants;
import ringside.toolchain.layout.RecordLayout;

/**
 * Shared rings: messages from one process to another through memory that both have mapped, with a system call only
 * where one side waits. One writer, one reader; {@code user/ring.inc} is the library.
 *
 * <p>Indices count messages and run over at 2^32; index modulo slots is the slot. Each side keeps its own index to
 * itself and believes nothing that the other one wrote but numbers that can be: a ring is memory of two processes that
 * need not trust each other.
 */
public final class RingAbi {
    /** Bytes of a message, and of a cache line. */
    public static final int SLOT = 64;
    /** Slots of a ring at most. */
    public static final int MOST_SLOTS = 1 << 16;
    /** Binary logarithm of {@link #SLOT}. */
    private static final int SLOT_SHIFT = 6;

    /** The shared memory, at its start; the slots follow. What the two sides write lies on lines of its own. */
    public static final RecordLayout RING = RecordLayout.named("Ring")
            .u32("head")
            .align(SLOT)
            .u32("tail")
            .align(SLOT)
            .u32("reader_waits")
            .align(SLOT)
            .u32("writer_waits")
            .align(SLOT)
            .build();

    /**
     * One side of a ring, in memory of that side alone. The other side has written {@code *peer}; {@code *peer + bias -
     * index} is how many slots this side may use before it must wait, 0 to {@code slots}.
     */
    public static final RecordLayout END = RecordLayout.named("RingEnd")
            .u64("ring")
            .u64("own")
            .u64("peer")
            .u64("own_waits")
            .u64("peer_waits")
            .u32("slots")
            .u32("bias")
            .u32("index")
            .u32("seen")
            .u32("wait")
            .u32("signal")
            .build();

    private RingAbi() {
    }

    /** {@return the layouts} */
    public static List<RecordLayout> layouts() {
        return List.of(RING, END);
    }

    /** {@return sizes and sides} */
    public static Constants constants() {
        return Constants.group("Shared rings")
                .decimal("RING_SLOT", SLOT, "bytes of a message")
                .decimal("RING_SLOT_SHIFT", SLOT_SHIFT, "")
                .decimal("RING_SLOT_WORDS", SLOT / Long.BYTES, "words of a message")
                .decimal("RING_MOST_SLOTS", MOST_SLOTS, "a power of two")
                .decimal("RING_READER", 0, "the side that takes messages")
                .decimal("RING_WRITER", 1, "the side that puts messages")
                .hex("RING_BIT", 1, "of the notifications: there is something to do")
                .build();
    }
}
