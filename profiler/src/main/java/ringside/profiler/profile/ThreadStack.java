package ringside.profiler.profile;

import java.util.Arrays;

/** The calls of one thread of the guest that have not returned, kernel's part included. */
final class ThreadStack {
    /** Frames at most; what is called deeper counts under the last one. */
    static final int MOST_FRAMES = 512;
    /** A frame that only the thread's end takes away. */
    static final byte BASE = 0;
    /** A frame of a CALL; known by the place of its return address. */
    static final byte CALL = 1;
    /** A frame of an interrupt or exception in the kernel; known by the address that it returns to. */
    static final byte ENTRY = 2;
    /** The same out of level 3. */
    static final byte ENTRY_FROM_USER = 3;
    /** A system call. */
    static final byte SYSCALL = 4;

    final int number;
    long used;
    /** Which of all that began this one is now. */
    int thread;
    int depth;
    long[] key = new long[16];
    int[] space = new int[16];
    byte[] kind = new byte[16];
    int[] above = new int[16];
    long[] site = new long[16];
    int[] node = new int[16];

    ThreadStack(final int number) {
        this.number = number;
    }

    /**
     * Adds a frame.
     *
     * @param what  kind
     * @param known slot or return address
     * @param in    address space
     * @param under node that it is called by
     * @param from  place of the call
     * @param at    its own node
     */
    boolean push(final byte what, final long known, final int in, final int under, final long from, final int at) {
        if (depth == MOST_FRAMES) {
            return false;
        }
        if (depth == key.length) {
            final int more = depth * 2;
            key = Arrays.copyOf(key, more);
            space = Arrays.copyOf(space, more);
            kind = Arrays.copyOf(kind, more);
            above = Arrays.copyOf(above, more);
            site = Arrays.copyOf(site, more);
            node = Arrays.copyOf(node, more);
        }
        key[depth] = known;
        space[depth] = in;
        kind[depth] = what;
        above[depth] = under;
        site[depth] = from;
        node[depth] = at;
        depth++;
        return true;
    }

    int top() {
        return node[depth - 1];
    }

    /** {@return the index of the innermost frame of a CALL with that slot, or -1} */
    int call(final long slot) {
        for (int i = depth - 1; i >= 0; i--) {
            if (kind[i] == CALL && key[i] == slot) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the index of the innermost frame out of level 3, or -1} */
    int userEntry() {
        for (int i = depth - 1; i >= 0; i--) {
            if (kind[i] >= ENTRY_FROM_USER) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the index of the innermost frame of an entry from the kernel above any from level 3, or -1} */
    int kernelEntry() {
        for (int i = depth - 1; i >= 0 && kind[i] < ENTRY_FROM_USER; i--) {
            if (kind[i] == ENTRY) {
                return i;
            }
        }
        return -1;
    }

    /** {@return whether one of its calls keeps its return address in the same page as a slot} */
    boolean uses(final long slot, final int pageShift) {
        for (int i = depth - 1; i >= 0; i--) {
            if (kind[i] == CALL && key[i] >>> pageShift == slot >>> pageShift) {
                return true;
            }
        }
        return false;
    }
}
