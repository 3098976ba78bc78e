package ringside.toolchain.image;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * One PT_LOAD of an image: {@code content} goes to {@code physical}, zeros follow up to {@code memorySize}.
 *
 * @param virtual    address of its first byte as the code sees it
 * @param physical   address of its first byte in RAM
 * @param content    read-only view of the stored bytes
 * @param memorySize bytes in memory, at least those of the content
 * @param read       readable
 * @param write      writable
 * @param execute    executable
 */
public record ImageSegment(
        long virtual, long physical, MemorySegment content, long memorySize, boolean read, boolean write,
        boolean execute) {
    /** Refuses a segment that is shorter in memory than in the file. */
    public ImageSegment {
        Objects.requireNonNull(content, "content");
        if (memorySize < content.byteSize()) {
            throw new IllegalArgumentException("a segment holds its content: memorySize=" + memorySize
                    + ", content=" + content.byteSize());
        }
    }

    /**
     * Tells whether a virtual address is inside.
     *
     * @param address virtual
     * @return whether it is
     */
    public boolean contains(final long address) {
        return Long.compareUnsigned(address - virtual, memorySize) < 0;
    }
}
