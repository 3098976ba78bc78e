package ringside.toolchain.asm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import ringside.toolchain.natives.NativeLibraries;
import ringside.toolchain.natives.NativeLibrary;

/**
 * Keystone 0.9.2 in this process, which it may end: used in {@link EncoderChild} only.
 *
 * <p>All its functions are called with six integer arguments, of which each takes those that it knows (System V
 * ABI: arguments in registers, the caller cleans up); so one call shape serves them all.
 */
final class Keystone {
    static final int UNKNOWN_ERROR = -1;

    private static final long ARCH_X86 = 4;
    private static final long MODE_32 = 1 << 2;
    private static final long MODE_64 = 1 << 3;
    private static final FunctionDescriptor SHAPE = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final long CODE_POINTER = 0;
    private static final long CODE_SIZE = 8;
    private static final long STATEMENTS = 16;
    private static final long TEXT = 32;

    private final MethodHandle assemble;
    private final MethodHandle errno;
    private final MethodHandle free;
    private final MemorySegment memory;
    private final long base;
    private final long handle32;
    private final long handle64;
    private int error;

    Keystone(final NativeLibraries libraries) throws Throwable {
        final Arena arena = Arena.global();
        final SymbolLookup symbols = libraries.open(NativeLibrary.KEYSTONE, arena);
        final Linker linker = Linker.nativeLinker();
        assemble = linker.downcallHandle(symbols.findOrThrow("ks_asm"), SHAPE);
        errno = linker.downcallHandle(symbols.findOrThrow("ks_errno"), SHAPE);
        free = linker.downcallHandle(symbols.findOrThrow("ks_free"), SHAPE);
        memory = arena.allocate(TEXT + EncoderProtocol.TEXT_BYTES + 1, Long.BYTES);
        base = memory.address();
        final MethodHandle open = linker.downcallHandle(symbols.findOrThrow("ks_open"), SHAPE);
        handle32 = open(open, MODE_32);
        handle64 = open(open, MODE_64);
    }

    private long open(final MethodHandle open, final long mode) throws Throwable {
        final int status = (int) open.invokeExact(ARCH_X86, mode, base, 0L, 0L, 0L);
        if (status != 0) {
            throw new IllegalStateException("ks_open failed: mode=" + mode + " status=" + status);
        }
        return memory.get(JAVA_LONG, 0);
    }

    /** {@return the code of one line at address 0, or {@code null}, and then {@link #error()} tells} */
    byte[] encode(final int bits, final byte[] text) throws Throwable {
        final long handle = bits == Long.SIZE ? handle64 : handle32;
        MemorySegment.copy(text, 0, memory, JAVA_BYTE, TEXT, text.length);
        memory.set(JAVA_BYTE, TEXT + text.length, (byte) 0);
        final int status = (int) assemble.invokeExact(handle, base + TEXT, 0L, base + CODE_POINTER, base + CODE_SIZE,
                base + STATEMENTS);
        if (status != 0) {
            error = (int) errno.invokeExact(handle, 0L, 0L, 0L, 0L, 0L);
            return null;
        }
        final MemorySegment code = memory.get(ADDRESS, CODE_POINTER);
        final long size = memory.get(JAVA_LONG, CODE_SIZE);
        final byte[] result = size > 0 && size <= EncoderProtocol.CODE_BYTES
                ? code.reinterpret(size).toArray(JAVA_BYTE) : null;
        error = UNKNOWN_ERROR;
        final int ignored = (int) free.invokeExact(code.address(), 0L, 0L, 0L, 0L, 0L);
        return result;
    }

    /** {@return the number of the last error, from Keystone's {@code ks_err}} */
    int error() {
        return error;
    }
}
