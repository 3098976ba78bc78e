package ringside.emulator.boot;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;

/** The RAM while it is being filled: who has which part of it. No part has two owners. */
final class BootMemory {
    private static final long END_32 = 1L << 32;

    private final long size;
    private final Store store;
    private final TreeMap<Long, Claim> claims = new TreeMap<>();

    /** Takes bytes to an address in RAM. */
    @FunctionalInterface
    interface Store {
        void put(long address, MemorySegment content);
    }

    BootMemory(final long size, final Store store) {
        this.size = size;
        this.store = store;
    }

    /** Bytes from {@code start} up to {@code end}, exclusive, and what to call them. */
    private record Claim(long end, String owner) {
    }

    long size() {
        return size;
    }

    /**
     * Takes a range that has to be where it is.
     *
     * @param file  whose it is, for messages
     * @param place which part of the file
     * @throws BootException when it is outside RAM or somebody else's
     */
    void claim(final String file, final String place, final long first, final long size) {
        if (first < 0 || size < 0 || first > size() || size > size() - first) {
            throw new BootException(file, place, range(first, size) + " lies outside the RAM of " + (size() >> 20)
                    + " MiB");
        }
        final Map.Entry<Long, Claim> below = claims.lowerEntry(first + size);
        if (below != null && below.getValue().end > first) {
            throw new BootException(file, place, range(first, size) + " covers the " + below.getValue().owner + " at "
                    + hex(below.getKey()) + " to " + hex(below.getValue().end - 1));
        }
        claims.put(first, new Claim(first + size, place));
    }

    /**
     * Takes the lowest range that is free from an address on.
     *
     * @param align a power of two
     * @return its first address, or -1 if there is none below {@code end}, the end of RAM and 4 GiB
     */
    long take(final String owner, final long from, final long end, final long size, final long align) {
        final long limit = Math.min(Math.min(end, size()), END_32);
        long at = alignUp(from, align);
        while (at <= limit && size <= limit - at) {
            final Map.Entry<Long, Claim> below = claims.lowerEntry(at + Math.max(1, size));
            if (below == null || below.getValue().end <= at) {
                claims.put(at, new Claim(at + size, owner));
                return at;
            }
            at = alignUp(below.getValue().end, align);
        }
        return -1;
    }

    /** Stores bytes into a range that was taken. */
    void put(final long address, final byte[] bytes) {
        put(address, MemorySegment.ofArray(bytes));
    }

    /** Stores bytes into a range that was taken. */
    void put(final long address, final MemorySegment content) {
        store.put(address, content);
    }

    private static long alignUp(final long value, final long align) {
        return value + align - 1 & -align;
    }

    private static String range(final long first, final long size) {
        return "physical " + hex(first) + " to " + hex(first + size - 1);
    }

    private static String hex(final long value) {
        return "0x" + Long.toHexString(value);
    }
}
