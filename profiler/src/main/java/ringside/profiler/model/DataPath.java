package ringside.profiler.model;

import java.util.Arrays;
import java.util.List;

/**
 * One core's way to memory: its first and second cache, the last one, which it shares, and memory behind. What it
 * answers is when data is there; {@link #source} then says where it came from.
 */
final class DataPath {
    private static final int LINE_SHIFT = 6;
    private static final int LINE = 1 << LINE_SHIFT;
    private static final long LINES_OF_PAGE = 63;
    private static final int STREAMS = 64;
    private static final int PAGE_SHIFT = 12;

    private final int core;
    private final SharedMemory shared;
    private final Cache code;
    private final Cache first;
    private final Cache second;
    private final TimeRing misses;
    private final int firstLatency;
    private final int secondLatency;
    private final int fillInterval;
    private final boolean strides;
    private final boolean nextLine;
    private final long[] streamTag = new long[STREAMS];
    private final long[] streamLine = new long[STREAMS];
    private final int[] streamStride = new int[STREAMS];
    private final int[] streamSure = new int[STREAMS];
    private final Translations translations;
    private long lastFill;
    private Cause source = Cause.L1;

    DataPath(final int core, final SharedMemory shared, final Microarchitecture.Hardware make) {
        this.core = core;
        this.shared = shared;
        final Microarchitecture.Memory shape = make.memory();
        code = cache(shape.l1i());
        first = cache(shape.l1d());
        second = cache(shape.l2());
        firstLatency = shape.l1d().latency();
        secondLatency = shape.l2().latency();
        fillInterval = shape.fillInterval();
        misses = new TimeRing(shape.fills());
        strides = shape.stride();
        nextLine = shape.nextLine();
        translations = new Translations(make.translation(), this::loadLine);
        shared.add(this);
    }

    private static Cache cache(final Microarchitecture.Cache shape) {
        return new Cache(shape.bytes() / LINE, shape.ways());
    }

    /** {@return what is in them} */
    CoreContents contents() {
        return new CoreContents(List.of(level("L1i", code), level("L1d", first), level("L2", second),
                level("L3", shared.last())), translations.contents());
    }

    private static CoreContents.Level level(final String name, final Cache cache) {
        return new CoreContents.Level(name, cache.size(), cache.held().stream().map(line -> line << LINE_SHIFT)
                .toList());
    }

    /** Nothing is in this core's own caches and TLBs any more. What pages there are is still known. */
    void cold() {
        code.clear();
        first.clear();
        second.clear();
        Arrays.fill(streamTag, 0);
        translations.cold();
    }

    /** {@return where the data of the last access came from} */
    Cause source() {
        return source;
    }

    Translations translations() {
        return translations;
    }

    /**
     * {@return the cycle in which a load has its data}
     *
     * @param address physical
     * @param size    bytes
     * @param cycle   in which it looks
     * @param ip      of the instruction, for the prefetcher
     * @param page    virtual
     */
    long load(final long address, final int size, final long cycle, final long ip, final long page) {
        final long line = address >>> LINE_SHIFT;
        final long last = address + size - 1 >>> LINE_SHIFT;
        final long from = translated(address, size, cycle, page);
        long data = loadLine(line, from);
        if (last != line) {
            final Cause one = source;
            data = Math.max(data, loadLine(last, from)) + 1;
            source = one.compareTo(source) > 0 ? one : source;
        }
        source = from - cycle > data - from - firstLatency ? Cause.TLB : source;
        if (strides) {
            follow(line, from, ip);
        }
        return data;
    }

    private long translated(final long address, final int size, final long cycle, final long page) {
        final long known = translations.data(page, address >>> PAGE_SHIFT, cycle);
        final long end = address + size - 1;
        return address >>> PAGE_SHIFT == end >>> PAGE_SHIFT ? known
                : Math.max(known, translations.data(page + 1, end >>> PAGE_SHIFT, cycle));
    }

    private long loadLine(final long line, final long cycle) {
        final int owner = shared.read(core, line);
        if (owner >= 0) {
            final long data = cycle + shared.transfer();
            place(line, data);
            source = Cause.COHERENCE;
            return data;
        }
        if (first.use(line)) {
            final long there = first.time(line);
            source = there > cycle ? Cause.L2 : Cause.L1;
            return Math.max(cycle, there) + firstLatency;
        }
        final long data = miss(line, cycle);
        first.fill(line, data - firstLatency);
        if (nextLine) {
            prefetch(line, line + 1, cycle);
        }
        return data;
    }

    private long miss(final long line, final long cycle) {
        final long start = Math.max(cycle, misses.available());
        final long data;
        if (second.use(line)) {
            data = Math.max(Math.max(start, second.time(line)) + secondLatency, lastFill + fillInterval);
            lastFill = data;
            source = Cause.L2;
        } else {
            data = shared.load(line, start);
            source = shared.source();
            second.fill(line, data - secondLatency);
        }
        misses.take(data);
        return data;
    }

    private void place(final long line, final long data) {
        if (!first.use(line)) {
            first.fill(line, data - firstLatency);
        }
        if (!second.use(line)) {
            second.fill(line, data - secondLatency);
        }
    }

    /**
     * {@return the cycle in which a store may be done: its line is here, and nobody else's}
     *
     * @param address physical
     * @param size    bytes
     * @param cycle   in which its address is known
     * @param page    virtual
     */
    long store(final long address, final int size, final long cycle, final long page) {
        final long line = address >>> LINE_SHIFT;
        final long last = address + size - 1 >>> LINE_SHIFT;
        final long from = translated(address, size, cycle, page);
        final long done = storeLine(line, from);
        return last == line ? done : Math.max(done, storeLine(last, from)) + 1;
    }

    private long storeLine(final long line, final long cycle) {
        if (shared.write(core, line)) {
            final long data = cycle + shared.transfer();
            place(line, data);
            source = Cause.COHERENCE;
            return data;
        }
        return loadOwn(line, cycle);
    }

    private long loadOwn(final long line, final long cycle) {
        if (first.use(line)) {
            source = Cause.L1;
            return Math.max(cycle, first.time(line));
        }
        final long data = miss(line, cycle);
        first.fill(line, data - firstLatency);
        return data;
    }

    /** {@return the cycle in which a line of code is there} */
    long fetch(final long line, final long cycle) {
        if (code.use(line)) {
            return Math.max(cycle, code.time(line));
        }
        final long data = miss(line, cycle);
        code.fill(line, data);
        return data;
    }

    /** Another core writes a line. */
    void forget(final long line) {
        first.drop(line);
        second.drop(line);
    }

    // A load that goes on by a fixed number of lines, or steps over small ones in one direction, is run ahead of.
    private void follow(final long line, final long cycle, final long ip) {
        final int at = (int) (ip ^ ip >>> LINE_SHIFT) & STREAMS - 1;
        if (streamTag[at] != ip) {
            streamTag[at] = ip;
            streamLine[at] = line;
            streamSure[at] = 0;
            return;
        }
        final int stride = (int) (line - streamLine[at]);
        if (stride == 0) {
            return;
        }
        streamSure[at] = stride == streamStride[at] ? Math.min(streamSure[at] + 1, 3) : 0;
        streamStride[at] = stride;
        streamLine[at] = line;
        if (streamSure[at] >= 2) {
            for (int ahead = 1; ahead <= 2; ahead++) {
                prefetch(line, line + (long) ahead * stride, cycle);
            }
        }
    }

    private void prefetch(final long from, final long line, final long cycle) {
        if ((line & ~LINES_OF_PAGE) == (from & ~LINES_OF_PAGE) && !first.has(line)) {
            final Cause kept = source;
            final long data = miss(line, cycle);
            first.fill(line, data - firstLatency);
            source = kept;
        }
    }
}
