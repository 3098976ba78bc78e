package ringside.profiler.model;

import java.util.Arrays;

/**
 * The memory accesses of the block that runs, in order; read one by one as its instructions need them.
 *
 * <p>A string instruction, the last one of its block, may make any number. Those beyond {@link #MOST}, which no other
 * instructions of a block reach, are a tail that is taken as soon as it is as long ({@link #isFull}).
 */
final class Accesses {
    static final int MOST = 1 << 16;
    private static final int FIRST = 256;
    private static final int HALF = 8;

    private long[] address = new long[FIRST];
    /** Bytes; negative for a write. */
    private int[] size = new int[FIRST];
    /** Numbers of virtual pages. */
    private long[] page = new long[FIRST];
    private int count;
    private int next;
    private final StringAhead ahead = new StringAhead();

    void add(final long physical, final int bytes, final boolean write, final long virtualPage) {
        if (count == address.length) {
            address = Arrays.copyOf(address, 2 * count);
            size = Arrays.copyOf(size, 2 * count);
            page = Arrays.copyOf(page, 2 * count);
        }
        page[count] = virtualPage;
        address[count] = physical;
        size[count++] = write ? -bytes : bytes;
    }

    void clear() {
        count = 0;
        next = 0;
        ahead.clear();
    }

    /** Forgets those that were read. */
    void keepRest() {
        System.arraycopy(address, next, address, 0, count - next);
        System.arraycopy(size, next, size, 0, count - next);
        System.arraycopy(page, next, page, 0, count - next);
        count -= next;
        next = 0;
    }

    /** {@return what was taken of a string instruction's accesses} */
    StringAhead ahead() {
        return ahead;
    }

    /** {@return whether the tail has to be taken} */
    boolean isFull() {
        return count == 2 * MOST;
    }

    /** Goes to the tail: nothing of this block was read yet. */
    void toTail() {
        next = MOST;
    }

    /** The tail has been read. */
    void dropTail() {
        count = MOST;
        next = 0;
    }

    /** {@return whether the next one is a read, or a write} */
    boolean nextIs(final boolean write) {
        return next < count && size[next] < 0 == write;
    }

    boolean isEmpty() {
        return next == count;
    }

    /** {@return how many have not been read} */
    int left() {
        return count - next;
    }

    long address() {
        return address[next];
    }

    long page() {
        return page[next];
    }

    int bytes() {
        return Math.abs(size[next]);
    }

    /** Goes on behind the next one, and behind its other half where it is one of two. */
    void skip(final boolean wide) {
        final boolean write = size[next] < 0;
        final long end = address() + bytes();
        final boolean half = wide && bytes() == HALF;
        next++;
        if (half && nextIs(write) && address() == end && bytes() == HALF) {
            next++;
        }
    }

    void skip() {
        next++;
    }
}
