package ringside.fastpath.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import ringside.kernel.abi.RingAbi;

/**
 * A shared ring as one of its ends knows it and as its shared memory says. What the other side wrote may be a lie.
 *
 * @param physical     where the ring lies
 * @param slots        how many there are
 * @param head         messages that were taken, modulo 2^32
 * @param tail         messages that were put, modulo 2^32
 * @param readerWaits  the reader's word: not 0 while it waits or is about to
 * @param writerWaits  the writer's
 * @param index        the end's own index, which nobody else can write
 * @param messages     those in the ring, the oldest first; none where the indices cannot be
 */
public record RingView(long physical, int slots, int head, int tail, int readerWaits, int writerWaits, int index,
        List<Slot> messages) {
    /** Copies the list. */
    public RingView {
        messages = List.copyOf(messages);
    }

    /**
     * A slot that holds a message.
     *
     * @param number of the slot in the ring
     * @param index  of the message
     * @param words  of the message
     */
    public record Slot(int number, int index, List<Long> words) {
        /** Copies the list. */
        public Slot {
            words = List.copyOf(words);
        }
    }

    /** {@return how many messages are in it, by the indices} */
    public int occupancy() {
        return tail - head;
    }

    /** {@return whether the indices can be: not more messages than slots} */
    public boolean isPossible() {
        return Integer.compareUnsigned(occupancy(), slots) <= 0;
    }

    /**
     * {@return the ring of an end; empty where there is none, or none any more}
     *
     * @param view of the machine's memory
     * @param cr3  of the address space that the end is in
     * @param end  its address there
     */
    public static Optional<RingView> of(final KernelView view, final long cr3, final long end) {
        final OptionalLong at = view.translate(cr3, end);
        if (at.isEmpty() || at.getAsLong() % Long.BYTES != 0) {
            return Optional.empty();
        }
        final int slots = view.physicalHalf(at.getAsLong() + RingAbi.END.offset("slots"));
        final OptionalLong ring = view.translate(cr3, view.physicalWord(at.getAsLong() + RingAbi.END.offset("ring")));
        if (slots <= 0 || slots > RingAbi.MOST_SLOTS || Integer.bitCount(slots) != 1 || ring.isEmpty()) {
            return Optional.empty();
        }
        final long base = view.physicalWord(at.getAsLong() + RingAbi.END.offset("ring"));
        final int head = view.physicalHalf(ring.getAsLong() + RingAbi.RING.offset("head"));
        final int tail = view.physicalHalf(ring.getAsLong() + RingAbi.RING.offset("tail"));
        final List<Slot> messages = new ArrayList<>();
        if (Integer.compareUnsigned(tail - head, slots) <= 0) {
            for (int index = head; index != tail; index++) {
                slot(view, cr3, base, slots, index).ifPresent(messages::add);
            }
        }
        return Optional.of(new RingView(ring.getAsLong(), slots, head, tail,
                view.physicalHalf(ring.getAsLong() + RingAbi.RING.offset("reader_waits")),
                view.physicalHalf(ring.getAsLong() + RingAbi.RING.offset("writer_waits")),
                view.physicalHalf(at.getAsLong() + RingAbi.END.offset("index")), messages));
    }

    /**
     * {@return the slot that an end has for an index; empty where there is no end, or its page is not mapped}
     *
     * @param view  of the machine's memory
     * @param cr3   of the address space that the end is in
     * @param end   its address there
     * @param index of a message
     */
    public static Optional<Slot> slot(final KernelView view, final long cr3, final long end, final int index) {
        return of(view, cr3, end).flatMap(ring -> {
            final long at = view.translate(cr3, end).orElseThrow();
            return slot(view, cr3, view.physicalWord(at + RingAbi.END.offset("ring")), ring.slots(), index);
        });
    }

    /** {@return the slot of an index, if its page is mapped} */
    static Optional<Slot> slot(
            final KernelView view, final long cr3, final long base, final int slots, final int index) {
        final int number = index & slots - 1;
        final OptionalLong at =
                view.translate(cr3, base + RingAbi.RING.size() + (long) number * RingAbi.SLOT);
        if (at.isEmpty()) {
            return Optional.empty();
        }
        final List<Long> words = new ArrayList<>();
        for (int i = 0; i < RingAbi.SLOT; i += Long.BYTES) {
            words.add(view.physicalWord(at.getAsLong() + i));
        }
        return Optional.of(new Slot(number, index, words));
    }
}
