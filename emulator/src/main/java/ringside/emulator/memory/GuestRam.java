package ringside.emulator.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import ringside.emulator.bus.DirectMemory;

/**
 * RAM from physical address 0 on, owned by the machine and shared by its engines and devices. One thread at a time.
 *
 * <p>Zeroed at first; host memory is taken only for pages that are touched.
 */
public final class GuestRam implements DirectMemory, AutoCloseable {
    /** Bytes of a page. */
    public static final int PAGE = 4096;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;

    private GuestRam(final long bytes) {
        segment = HostMemory.map(bytes).reinterpret(arena, HostMemory::unmap);
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

    /** {@return all of it; for looking, and for writing where no CPU ran yet: others use {@link #write}} */
    public MemorySegment segment() {
        return segment;
    }

    /** {@return bytes} */
    public long size() {
        return segment.byteSize();
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
        return true;
    }

    private boolean isOutside(final long physical, final int length) {
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
