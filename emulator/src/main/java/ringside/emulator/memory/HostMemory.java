package ringside.emulator.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Pages straight from the host (Linux {@code mmap}): zeroed without touching them, and executable when asked. Who maps
 * them unmaps them; nothing may touch them afterwards.
 */
public final class HostMemory {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_FIXED_NOREPLACE = 0x10_0000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MMAP = function("mmap",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MPROTECT = function("mprotect",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MUNMAP = function("munmap",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

    private HostMemory() {
    }

    private static MethodHandle function(final String name, final FunctionDescriptor shape) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(
                () -> new HostMemoryException(name + ": this host has no such function")), shape);
    }

    /**
     * {@return fresh zeroed pages, read and write}
     *
     * @param bytes how many, more than 0
     * @throws HostMemoryException when the host has none
     */
    public static MemorySegment map(final long bytes) {
        try {
            final MemorySegment memory = (MemorySegment) MMAP.invokeExact(MemorySegment.NULL, bytes,
                    PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
            if (memory.address() == -1) {
                throw new HostMemoryException("mmap: the host has no memory: bytes=" + bytes);
            }
            return memory.reinterpret(bytes);
        } catch (final Throwable e) {
            throw rethrow("mmap", e);
        }
    }

    /**
     * {@return fresh zeroed pages at an address, read and write}
     *
     * @param address of a page that nothing is mapped at, nor at those behind it
     * @param bytes   how many, more than 0
     * @throws HostMemoryException when something is there, or the host has none
     */
    public static MemorySegment mapAt(final long address, final long bytes) {
        try {
            final MemorySegment memory = (MemorySegment) MMAP.invokeExact(MemorySegment.ofAddress(address), bytes,
                    PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0L);
            if (memory.address() == address) {
                return memory.reinterpret(bytes);
            }
            if (memory.address() != -1) {
                unmap(memory.reinterpret(bytes));
            }
            throw new HostMemoryException("mmap: the host gives no memory at 0x" + Long.toHexString(address)
                    + ": bytes=" + bytes);
        } catch (final Throwable e) {
            throw rethrow("mmap", e);
        }
    }

    /**
     * Makes pages executable and read-only.
     *
     * @param memory whole pages
     * @throws HostMemoryException when the host refuses
     */
    public static void seal(final MemorySegment memory) {
        protect(memory, PROT_READ | PROT_EXEC);
    }

    /**
     * Makes pages writable, or read-only; never executable.
     *
     * @param memory whole pages
     * @param yes    whether writable
     * @throws HostMemoryException when the host refuses
     */
    public static void writable(final MemorySegment memory, final boolean yes) {
        protect(memory, yes ? PROT_READ | PROT_WRITE : PROT_READ);
    }

    private static void protect(final MemorySegment memory, final int protection) {
        try {
            final int status = (int) MPROTECT.invokeExact(memory, memory.byteSize(), protection);
            if (status != 0) {
                throw new HostMemoryException("mprotect: the host refuses a protection: protection=" + protection);
            }
        } catch (final Throwable e) {
            throw rethrow("mprotect", e);
        }
    }

    /**
     * Gives pages back.
     *
     * @param memory as {@link #map} gave it
     */
    public static void unmap(final MemorySegment memory) {
        try {
            final int ignored = (int) MUNMAP.invokeExact(memory, memory.byteSize());
        } catch (final Throwable e) {
            throw rethrow("munmap", e);
        }
    }

    private static RuntimeException rethrow(final String operation, final Throwable e) {
        if (e instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(operation + " failed", e);
    }
}
