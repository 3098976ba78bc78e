package ringside.emulator.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import ringside.emulator.bus.DirectMemory;

/**
 * RAM from physical address 0 on, owned by the machine and shared by its engines and devices. One thread at a time.
 *
 * <p>It knows which pages were written since a point in time ({@link #dirty}), whoever wrote them, and which bytes a
 * CPU translated ({@link #code}), so that nobody runs code that is not there any more. Zeroed at first; host memory is
 * taken only for pages that are touched.
 */
public final class GuestRam implements DirectMemory, AutoCloseable {
    /** Bytes of a page. */
    public static final int PAGE = 4096;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;
    private final DirtyPages dirty;
    private final TranslatedCode code;
    private final StoreWatch stores;

    private GuestRam(final long bytes) {
        try {
            segment = HostMemory.map(bytes).reinterpret(arena, HostMemory::unmap);
            dirty = new DirtyPages(bytes / PAGE, arena);
            code = new TranslatedCode(bytes, arena);
            stores = new StoreWatch(code, arena);
        } catch (final Throwable failure) {
            arena.close();
            throw failure;
        }
    }

    /**
     * {@return fresh, zeroed RAM; its owner closes it, after every engine that runs on it}
     *
     * @param bytes a multiple of 4 KiB, more than 0
     * @throws HostMemoryException when the host has none
     */
    public static GuestRam allocate(final long bytes) {
        if (bytes <= 0 || bytes % PAGE != 0) {
            throw new IllegalArgumentException("RAM is a number of 4 KiB pages: bytes=" + bytes);
        }
        return new GuestRam(bytes);
    }

    /** {@return all of it, for looking: who writes here, and not by {@link #write}, is not noticed} */
    public MemorySegment segment() {
        return segment;
    }

    /** {@return bytes} */
    public long size() {
        return segment.byteSize();
    }

    /** {@return the pages that CPUs, page walks, devices or the host wrote since {@link #beginEpoch}; exact} */
    public DirtyPages dirty() {
        return dirty;
    }

    /** {@return what CPUs translated; for engines} */
    public TranslatedCode code() {
        return code;
    }

    /** {@return what counts the stores to bytes that somebody watches} */
    public StoreWatch stores() {
        return stores;
    }

    /** Forgets which pages were written, and notices from here on. */
    public void beginEpoch() {
        dirty.clear();
        code.watchStores(0, size());
    }

    @Override
    public boolean read(final long physical, final byte[] into, final int offset, final int length) {
        if (isOutside(physical, length)) {
            return false;
        }
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, physical, into, offset, length);
        return true;
    }

    @Override
    public boolean write(final long physical, final byte[] from, final int offset, final int length) {
        if (isOutside(physical, length)) {
            return false;
        }
        MemorySegment.copy(from, offset, segment, ValueLayout.JAVA_BYTE, physical, length);
        written(physical, length);
        return true;
    }

    /**
     * Copies to RAM, as {@link #write(long, byte[], int, int)}.
     *
     * @param physical first byte
     * @param from     gives all of it
     * @return whether all of it is RAM; if not, nothing is copied
     */
    public boolean write(final long physical, final MemorySegment from) {
        if (isOutside(physical, from.byteSize())) {
            return false;
        }
        MemorySegment.copy(from, 0, segment, physical, from.byteSize());
        written(physical, from.byteSize());
        return true;
    }

    private void written(final long physical, final long length) {
        if (length > 0) {
            dirty.add(physical / PAGE, (physical + length - 1) / PAGE);
            code.written(physical, length, -1);
            stores.written(physical, length);
        }
    }

    private boolean isOutside(final long physical, final long length) {
        return length < 0 || physical < 0 || physical > size() - length;
    }

    /** Gives the memory back. Touching {@link #segment()} afterwards is an {@code IllegalStateException}. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
