package ringside.emulator.device.virtio;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/**
 * A split virtqueue as the device sees it (Virtual I/O Device 1.1, 2.6).
 *
 * <p>The driver is not trusted: every index, length and address is checked before it is used, a chain is followed for
 * no more descriptors than a table has, and what breaks a rule is a {@link QueueException}.
 */
final class Virtqueue {
    /** The largest queue, and the longest chain in it. */
    static final int MOST_ENTRIES = 256;

    private static final int MOST_INDIRECT = 1024;
    private static final int MOST_SEGMENTS = MOST_ENTRIES + MOST_INDIRECT;
    private static final int DESCRIPTOR = 16;
    private static final int DESCRIPTOR_LENGTH = 8;
    private static final int DESCRIPTOR_FLAGS = 12;
    private static final int DESCRIPTOR_NEXT = 14;
    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int INDIRECT = 4;

    private static final int RING_INDEX = 2;
    private static final int RING_ENTRIES = 4;
    private static final int USED_ENTRY = 8;
    private static final int NO_INTERRUPT = 1;
    private static final int INDEX = 0xFFFF;
    private static final long PAGE = 4096;

    private final GuestMemory memory;
    private final Segments readable = new Segments(MOST_SEGMENTS);
    private final Segments writable = new Segments(MOST_SEGMENTS);
    private int size = MOST_ENTRIES;
    private boolean enabled;
    private long descriptors;
    private long available;
    private long used;
    private int nextAvailable;
    private int nextUsed;

    Virtqueue(final GuestMemory memory) {
        this.memory = memory;
    }

    void reset() {
        size = MOST_ENTRIES;
        enabled = false;
        descriptors = 0;
        available = 0;
        used = 0;
        nextAvailable = 0;
        nextUsed = 0;
    }

    int size() {
        return size;
    }

    /** Takes a size that is a power of two and not more than the most; another leaves it as it is. */
    void size(final int entries) {
        if (!enabled && Integer.bitCount(entries) == 1 && entries <= MOST_ENTRIES) {
            size = entries;
        }
    }

    boolean enabled() {
        return enabled;
    }

    void enable() {
        enabled = true;
    }

    long address(final int area) {
        return area == 0 ? descriptors : area == 1 ? available : used;
    }

    /** Says where an area is: 0 the descriptors, 1 the driver's ring, 2 the device's. */
    void address(final int area, final long value) {
        if (enabled) {
            return;
        }
        switch (area) {
            case 0 -> descriptors = value;
            case 1 -> available = value;
            default -> used = value;
        }
    }

    /** Says where all of it is in the one layout that legacy drivers have; page 0 means nowhere (2.6.2). */
    void legacyPage(final long page) {
        reset();
        if (page != 0) {
            descriptors = page * PAGE;
            available = descriptors + (long) size * DESCRIPTOR;
            final long end = available + RING_ENTRIES + (long) (size + 1) * Short.BYTES;
            used = end + PAGE - 1 & -PAGE;
            enabled = true;
        }
    }

    long legacyPage() {
        return descriptors / PAGE;
    }

    Segments readable() {
        return readable;
    }

    Segments writable() {
        return writable;
    }

    /** {@return how many chains wait} */
    int waiting() throws QueueException {
        final int count = memory.u16(available + RING_INDEX) - nextAvailable & INDEX;
        if (count > size) {
            throw new QueueException("no more chains wait than there are descriptors");
        }
        return count;
    }

    /** Takes the next chain into {@link #readable()} and {@link #writable()}; {@return its head} */
    int take() throws QueueException {
        final int head = memory.u16(available + RING_ENTRIES + (long) (nextAvailable & size - 1) * Short.BYTES);
        nextAvailable = nextAvailable + 1 & INDEX;
        readable.clear();
        writable.clear();
        follow(descriptors, size, head, true);
        return head;
    }

    private void follow(final long table, final int entries, final int first, final boolean direct)
            throws QueueException {
        int index = first;
        for (int steps = 0; steps < entries; steps++) {
            if (index >= entries) {
                throw new QueueException("a descriptor is within its table");
            }
            final long descriptor = table + (long) index * DESCRIPTOR;
            final long address = memory.u64(descriptor);
            final long length = memory.u32(descriptor + DESCRIPTOR_LENGTH);
            final int flags = memory.u16(descriptor + DESCRIPTOR_FLAGS);
            if ((flags & INDIRECT) != 0) {
                if (!direct || (flags & NEXT) != 0) {
                    throw new QueueException("an indirect table ends a chain and is in no other");
                }
                followIndirect(address, length);
                return;
            }
            add(address, length, (flags & WRITE) != 0);
            if ((flags & NEXT) == 0) {
                return;
            }
            index = memory.u16(descriptor + DESCRIPTOR_NEXT);
        }
        throw new QueueException("a chain has an end");
    }

    private void followIndirect(final long table, final long bytes) throws QueueException {
        if (bytes == 0 || bytes % DESCRIPTOR != 0 || bytes / DESCRIPTOR > MOST_INDIRECT) {
            throw new QueueException("an indirect table is 1 to " + MOST_INDIRECT + " whole descriptors");
        }
        follow(table, (int) (bytes / DESCRIPTOR), 0, false);
    }

    private void add(final long address, final long length, final boolean write) throws QueueException {
        if (length == 0) {
            throw new QueueException("a buffer has bytes");
        }
        if (!write && !writable.isEmpty()) {
            throw new QueueException("what is written comes behind what is read");
        }
        (write ? writable : readable).add(address, length);
    }

    /** Gives a chain back; {@return whether the driver wants to be told} */
    boolean give(final int head, final long written, final boolean eventIndex) throws QueueException {
        final long entry = used + RING_ENTRIES + (long) (nextUsed & size - 1) * USED_ENTRY;
        memory.put(entry, Integer.BYTES, head);
        memory.put(entry + Integer.BYTES, Integer.BYTES, written);
        final int before = nextUsed;
        nextUsed = nextUsed + 1 & INDEX;
        memory.put(used + RING_INDEX, Short.BYTES, nextUsed);
        if (!eventIndex) {
            return (memory.u16(available) & NO_INTERRUPT) == 0;
        }
        final int event = memory.u16(available + RING_ENTRIES + (long) size * Short.BYTES);
        return (nextUsed - event - 1 & INDEX) < (nextUsed - before & INDEX);
    }

    /** Says from which chain on the driver must tell the device, with {@code VIRTIO_F_EVENT_IDX}. */
    void expect() throws QueueException {
        memory.put(used + RING_ENTRIES + (long) size * USED_ENTRY, Short.BYTES, nextAvailable);
    }

    void save(final StateWriter out) {
        out.u16(size).bool(enabled).i64(descriptors).i64(available).i64(used).u16(nextAvailable).u16(nextUsed);
    }

    void load(final StateReader in) {
        size = in.u16();
        if (Integer.bitCount(size) != 1 || size > MOST_ENTRIES) {
            throw in.refused("a queue is a power of two, at most " + MOST_ENTRIES + ": size=" + size);
        }
        enabled = in.bool();
        descriptors = in.i64();
        available = in.i64();
        used = in.i64();
        nextAvailable = in.u16();
        nextUsed = in.u16();
    }
}
