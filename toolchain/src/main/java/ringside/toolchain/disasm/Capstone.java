package ringside.toolchain.disasm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import ringside.toolchain.natives.NativeLibraries;
import ringside.toolchain.natives.NativeLibrary;

/**
 * The functions of Capstone 5 that are used, and the offsets of its {@code cs_insn} (capstone.h).
 *
 * <p>Pointers travel as longs: a call with a {@code MemorySegment} argument would allocate.
 */
final class Capstone {
    static final int ARCH_X86 = 3;
    static final int MODE_16 = 1 << 1;
    static final int MODE_32 = 1 << 2;
    static final int MODE_64 = 1 << 3;

    static final long INSN_BYTES = 248;
    static final long INSN_SIZE = 16;
    static final long INSN_MNEMONIC = 42;
    static final long INSN_OPERANDS = 74;

    private static final int MAJOR = 5;

    /** Constants, so that the compiler sees through them. */
    static final MethodHandle OPEN;
    static final MethodHandle CLOSE;
    static final MethodHandle NEXT;
    private static final RuntimeException FAILURE;

    static {
        MethodHandle open = null;
        MethodHandle close = null;
        MethodHandle next = null;
        RuntimeException failure = null;
        try {
            final Linker linker = Linker.nativeLinker();
            final SymbolLookup symbols = NativeLibraries.locate().open(NativeLibrary.CAPSTONE, Arena.global());
            requireMajor(linker, symbols);
            open = linker.downcallHandle(symbols.findOrThrow("cs_open"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
            close = linker.downcallHandle(symbols.findOrThrow("cs_close"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
            next = linker.downcallHandle(symbols.findOrThrow("cs_disasm_iter"),
                    FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
        } catch (final RuntimeException e) {
            failure = e;
        }
        OPEN = open;
        CLOSE = close;
        NEXT = next;
        FAILURE = failure;
    }

    private Capstone() {
    }

    /** Refuses to go on where the library did not load, with the reason. */
    static void requireLoaded() {
        if (FAILURE != null) {
            throw FAILURE;
        }
    }

    private static void requireMajor(final Linker linker, final SymbolLookup symbols) {
        final MethodHandle version = linker.downcallHandle(symbols.findOrThrow("cs_version"),
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
        try {
            final int packed = (int) version.invokeExact(0L, 0L);
            if (packed >> 8 != MAJOR) {
                throw new IllegalStateException("the layout of an instruction is known for Capstone 5 only: version="
                        + (packed >> 8) + "." + (packed & 0xff));
            }
        } catch (final Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@return what to throw for anything that came out of a downcall} */
    static RuntimeException unexpected(final Throwable e) {
        if (e instanceof RuntimeException known) {
            return known;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }
}
