package ringside.profiler.profile;

import java.util.Arrays;

/** A set of 64-byte line numbers that forgets in constant time. Allocates only when it grows. */
final class LineSet {
    private static final int LINE_SHIFT = 6;

    private long[] lines = new long[256];
    private int[] generations = new int[256];
    private int generation = 1;
    private int size;

    /** Adds every line that {@code bytes} bytes from {@code address} on touch; zero bytes touch none. */
    void touch(final long address, final int bytes) {
        final long last = (address + bytes - 1) >>> LINE_SHIFT;
        if (bytes > 0) {
            for (long line = address >>> LINE_SHIFT; line <= last; line++) {
                add(line);
            }
        }
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        if (++generation == 0) {
            Arrays.fill(generations, 0);
            generation = 1;
        }
    }

    private void add(final long line) {
        int slot = slot(line, lines.length);
        while (generations[slot] == generation) {
            if (lines[slot] == line) {
                return;
            }
            slot = (slot + 1) & (lines.length - 1);
        }
        lines[slot] = line;
        generations[slot] = generation;
        size++;
        if (size * 2 > lines.length) {
            grow();
        }
    }

    private void grow() {
        final long[] oldLines = lines;
        final int[] oldGenerations = generations;
        final int oldGeneration = generation;
        lines = new long[oldLines.length * 2];
        generations = new int[lines.length];
        generation = 1;
        size = 0;
        for (int i = 0; i < oldLines.length; i++) {
            if (oldGenerations[i] == oldGeneration) {
                add(oldLines[i]);
            }
        }
    }

    private static int slot(final long line, final int capacity) {
        return (int) ((line * 0x9E3779B97F4A7C15L) >>> 32) & (capacity - 1);
    }
}
