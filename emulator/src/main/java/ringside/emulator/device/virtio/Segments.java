package ringside.emulator.device.virtio;

import ringside.emulator.bus.DirectMemory;

/** Pieces of guest memory that are one run of bytes: what of a descriptor chain is read, or what is written. */
final class Segments {
    private final long[] addresses;
    private final long[] lengths;
    private int count;
    private long total;

    Segments(final int most) {
        addresses = new long[most];
        lengths = new long[most];
    }

    void clear() {
        count = 0;
        total = 0;
    }

    void add(final long address, final long length) {
        addresses[count] = address;
        lengths[count] = length;
        count++;
        total += length;
    }

    boolean isEmpty() {
        return count == 0;
    }

    long total() {
        return total;
    }

    /** {@return whether so many bytes from a place on could be read; they are within the run} */
    boolean read(final DirectMemory memory, final long offset, final byte[] into, final int length) {
        return copy(memory, offset, into, length, false);
    }

    /** {@return whether so many bytes from a place on could be written; they are within the run} */
    boolean write(final DirectMemory memory, final long offset, final byte[] from, final int length) {
        return copy(memory, offset, from, length, true);
    }

    private boolean copy(final DirectMemory memory, final long offset, final byte[] bytes, final int length,
            final boolean write) {
        long skip = offset;
        int done = 0;
        for (int i = 0; i < count && done < length; i++) {
            if (skip >= lengths[i]) {
                skip -= lengths[i];
                continue;
            }
            final int part = (int) Math.min(lengths[i] - skip, length - done);
            final long address = addresses[i] + skip;
            if (!(write ? memory.write(address, bytes, done, part) : memory.read(address, bytes, done, part))) {
                return false;
            }
            done += part;
            skip = 0;
        }
        return done == length;
    }
}
