package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.Stream;
import ringside.emulator.engine.EngineException;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.memory.HostMemoryException;
import ringside.toolchain.natives.NativeLibraries;
import ringside.toolchain.natives.NativeLibrary;

/** The functions and numbers of libunicorn 2.1.4 that the engine uses ({@code unicorn.h}, {@code x86.h}). */
final class Unicorn {
    static final int ARCH_X86 = 4;
    static final int MODE_64 = 1 << 3;
    static final int PROT_ALL = 7;
    /** A model with SMEP, SMAP, FSGSBASE and XSAVE that the translator really runs, and without SVM and MPX. */
    static final int CPU_BROADWELL = 20;

    static final int HOOK_INTR = 1;
    static final int HOOK_INSN = 1 << 1;
    static final int HOOK_CODE = 1 << 2;
    static final int HOOK_BLOCK = 1 << 3;
    static final int HOOK_MEM_READ = 1 << 10;
    static final int HOOK_MEM_WRITE = 1 << 11;
    static final int HOOK_INSN_INVALID = 1 << 14;

    static final int INSN_CPUID = 113;
    static final int INSN_IN = 218;
    static final int INSN_OUT = 500;
    static final int INSN_RDTSC = 608;
    static final int INSN_RDTSCP = 609;
    static final int INSN_SYSCALL = 699;
    static final int INSN_SYSENTER = 700;

    static final int REG_RIP = 41;
    static final int REG_CR0 = 50;
    static final int REG_CR2 = 52;
    static final int REG_CR3 = 53;
    static final int REG_CR4 = 54;
    static final int REG_R15 = 113;
    static final int REG_FPCW = 246;
    static final int REG_MXCSR = 249;
    static final int REG_RFLAGS = 253;

    static final int OK = 0;
    static final int ERR_FETCH_UNMAPPED = 8;
    static final int ERR_FETCH_PROTECTED = 14;

    private static final int CTL_WRITE = 1 << 30;
    private static final int CTL_USE_EXITS = 4;
    private static final int CTL_EXITS = 6;
    private static final int CTL_CPU_MODEL = 7;
    private static final int CTL_TB_FLUSH = 10;
    private static final int CTL_ARGUMENTS = 26;

    private static final Linker LINKER = Linker.nativeLinker();

    final SymbolLookup symbols;
    final String description;
    final MethodHandle emuStart;
    final MethodHandle emuStop;
    final MethodHandle regRead;
    final MethodHandle regWrite;
    private final MethodHandle open;
    private final MethodHandle close;
    private final MethodHandle strerror;
    private final MethodHandle mapPointer;
    private final MethodHandle mapDevice;
    private final MethodHandle hookAdd;
    private final MethodHandle hookDelete;
    private final MethodHandle flushTranslations;
    private final MethodHandle breakpoints;
    private final MethodHandle invalidate;
    private final MethodHandle resetDirty;
    private final MethodHandle setPage;
    private final MethodHandle allocate;
    private final MethodHandle free;
    private final MethodHandle control0;
    private final MethodHandle control1;
    private final MethodHandle control2;

    private static Unicorn instance;

    // The engine reaches into the private state of one build: of another one not a byte is touched.
    private Unicorn(final NativeLibraries natives) {
        if (!natives.sha256(NativeLibrary.UNICORN).equals(NativeLibrary.UNICORN.pin().librarySha256())) {
            throw new EngineException("open the engine's library", "it is not the build that the engine knows, "
                    + NativeLibrary.UNICORN.pin().requirement() + ": " + identity(), 0);
        }
        symbols = natives.open(NativeLibrary.UNICORN, Arena.global());
        description = NativeLibrary.UNICORN.pin().requirement() + " from " + natives.path(NativeLibrary.UNICORN);
        open = function("uc_open", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
        close = function("uc_close", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        strerror = function("uc_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        emuStart = function("uc_emu_start",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
        emuStop = function("uc_emu_stop", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        regRead = function("uc_reg_read", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
        regWrite = function("uc_reg_write", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
        mapPointer = function("uc_mem_map_ptr",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS));
        mapDevice = function("uc_mmio_map", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG,
                ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        final int fixedHookArguments = 7;
        hookAdd = function("uc_hook_add", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS,
                JAVA_LONG, JAVA_LONG, JAVA_INT), Linker.Option.firstVariadicArg(fixedHookArguments));
        hookDelete = function("uc_hook_del", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        flushTranslations = function("tlb_flush_x86_64", FunctionDescriptor.ofVoid(ADDRESS));
        breakpoints = function("cpu_x86_update_dr7_x86_64", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
        invalidate = function("tb_invalidate_phys_range_x86_64",
                FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG));
        resetDirty = function("tlb_reset_dirty_x86_64", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG));
        setPage = function("tlb_set_page_with_attrs_x86_64", FunctionDescriptor.ofVoid(
                ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        final SymbolLookup host = LINKER.defaultLookup();
        allocate = LINKER.downcallHandle(host.findOrThrow("malloc"), FunctionDescriptor.of(ADDRESS, JAVA_LONG));
        free = LINKER.downcallHandle(host.findOrThrow("free"), FunctionDescriptor.ofVoid(ADDRESS));
        final Linker.Option variadic = Linker.Option.firstVariadicArg(2);
        control0 = function("uc_ctl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), variadic);
        control1 = function("uc_ctl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG), variadic);
        control2 = function("uc_ctl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG), variadic);
    }

    /** {@return which build this is and which one the engine was tested with} */
    static String identity() {
        final NativeLibraries natives = NativeLibraries.locate();
        return natives.path(NativeLibrary.UNICORN) + " sha256=" + natives.sha256(NativeLibrary.UNICORN)
                + " expected=" + NativeLibrary.UNICORN.pin().librarySha256();
    }

    /** {@return the library, loaded once and for the life of the JVM} */
    static synchronized Unicorn library() {
        if (instance == null) {
            final NativeLibraries natives = NativeLibraries.locate();
            final Unicorn library = new Unicorn(natives);
            Interposer.install(natives.path(NativeLibrary.UNICORN), library, interpositions());
            instance = library;
        }
        return instance;
    }

    private static List<Interposition> interpositions() {
        return Stream.of(CpuInterpositions.all(), AccessStubs.all(), CodeStubs.all(), ClockStubs.all(),
                        ExtendedPagingStubs.all(), PagingStubs.all())
               .flatMap(List::stream).toList();
    }

    private MethodHandle function(
            final String name, final FunctionDescriptor shape, final Linker.Option... options) {
        return LINKER.downcallHandle(symbol(name), shape, options);
    }

    /** {@return an exported function's address} */
    MemorySegment symbol(final String name) {
        return symbols.find(name).orElseThrow(
                () -> new EngineException("find " + name, "not exported by " + description, 0));
    }

    MemorySegment open() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment handle = arena.allocate(ADDRESS);
            check("uc_open", (int) open.invokeExact(ARCH_X86, MODE_64, handle), 0);
            return handle.get(ADDRESS, 0);
        } catch (final Throwable e) {
            throw rethrow("uc_open", e);
        }
    }

    void close(final MemorySegment uc) {
        try {
            final int ignored = (int) close.invokeExact(uc);
        } catch (final Throwable e) {
            throw rethrow("uc_close", e);
        }
    }

    void mapPointer(final MemorySegment uc, final long address, final MemorySegment memory) {
        try {
            check("uc_mem_map_ptr", (int) mapPointer.invokeExact(uc, address, memory.byteSize(), PROT_ALL, memory), 0);
        } catch (final Throwable e) {
            throw rethrow("uc_mem_map_ptr", e);
        }
    }

    void mapDevice(final MemorySegment uc, final long address, final long size, final MemorySegment read,
            final MemorySegment write, final MemorySegment user) {
        try {
            check("uc_mmio_map", (int) mapDevice.invokeExact(uc, address, size, read, user, write, user), 0);
        } catch (final Throwable e) {
            throw rethrow("uc_mmio_map", e);
        }
    }

    /** {@return the hook's handle, for {@link #unhook}} */
    long hook(final MemorySegment uc, final int type, final MemorySegment callback, final MemorySegment user,
            final long first, final long last, final int instruction) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment handle = arena.allocate(JAVA_LONG);
            check("uc_hook_add", (int) hookAdd.invokeExact(
                    uc, handle, type, callback, user, first, last, instruction), 0);
            return handle.get(JAVA_LONG, 0);
        } catch (final Throwable e) {
            throw rethrow("uc_hook_add", e);
        }
    }

    void unhook(final MemorySegment uc, final long hook) {
        try {
            check("uc_hook_del", (int) hookDelete.invokeExact(uc, hook), 0);
        } catch (final Throwable e) {
            throw rethrow("uc_hook_del", e);
        }
    }

    void selectCpu(final MemorySegment uc, final int model) {
        control1(uc, CTL_WRITE | 1 << CTL_ARGUMENTS | CTL_CPU_MODEL, model);
    }

    /** With an own, empty set of exits no address is special; the default treats one as "stop here". */
    void noExits(final MemorySegment uc) {
        control1(uc, CTL_WRITE | 1 << CTL_ARGUMENTS | CTL_USE_EXITS, 1);
        try {
            check("uc_ctl exits", (int) control2.invokeExact(
                    uc, CTL_WRITE | 2 << CTL_ARGUMENTS | CTL_EXITS, MemorySegment.NULL, 0L), 0);
        } catch (final Throwable e) {
            throw rethrow("uc_ctl", e);
        }
    }

    void flushCode(final MemorySegment uc) {
        try {
            check("uc_ctl flush", (int) control0.invokeExact(uc, CTL_WRITE | CTL_TB_FLUSH), 0);
        } catch (final Throwable e) {
            throw rethrow("uc_ctl", e);
        }
    }

    void flushTranslations(final MemorySegment cpu) {
        try {
            flushTranslations.invokeExact(cpu);
        } catch (final Throwable e) {
            throw rethrow("tlb_flush", e);
        }
    }

    /** Sets DR7. */
    void breakpoints(final MemorySegment env, final int value) {
        try {
            breakpoints.invokeExact(env, value);
        } catch (final Throwable e) {
            throw rethrow("cpu_x86_update_dr7", e);
        }
    }

    /** Drops the translations of physical addresses; the one that runs is run to its end. */
    void forgetCode(final MemorySegment uc, final long physical, final long bytes) {
        try {
            invalidate.invokeExact(uc, physical, physical + bytes);
        } catch (final Throwable e) {
            throw rethrow("tb_invalidate_phys_range", e);
        }
    }

    /** Enters a page in a CPU's TLB, as the page walk does. */
    void enterTranslation(final MemorySegment cpu, final long virtual, final long physical, final int rights,
            final int regime) {
        try {
            setPage.invokeExact(cpu, virtual, physical, 0, rights, regime, (long) GuestRam.PAGE);
        } catch (final Throwable e) {
            throw rethrow("tlb_set_page_with_attrs", e);
        }
    }

    /** {@return memory from the C library, which the library gives back as its own} */
    MemorySegment allocate(final long bytes) {
        try {
            final MemorySegment memory = (MemorySegment) allocate.invokeExact(bytes);
            if (memory.address() == 0) {
                throw new HostMemoryException("malloc: the host has no memory: bytes=" + bytes);
            }
            return memory.reinterpret(bytes);
        } catch (final Throwable e) {
            throw rethrow("malloc", e);
        }
    }

    /** Gives back what the library or {@link #allocate} took from the C library. */
    void free(final MemorySegment memory) {
        try {
            free.invokeExact(memory);
        } catch (final Throwable e) {
            throw rethrow("free", e);
        }
    }

    /** Puts a trap on stores to some bytes of the host's memory that are RAM to the guest. */
    void trapStores(final MemorySegment cpu, final long host, final long bytes) {
        try {
            resetDirty.invokeExact(cpu, host, bytes);
        } catch (final Throwable e) {
            throw rethrow("tlb_reset_dirty", e);
        }
    }

    private void control1(final MemorySegment uc, final int control, final long argument) {
        try {
            check("uc_ctl " + (control & 0xFF), (int) control1.invokeExact(uc, control, argument), 0);
        } catch (final Throwable e) {
            throw rethrow("uc_ctl", e);
        }
    }

    void check(final String operation, final int status, final long rip) {
        if (status != OK) {
            throw new EngineException(operation, words(status), rip);
        }
    }

    String words(final int status) {
        final int longest = 256;
        try {
            final MemorySegment text = (MemorySegment) strerror.invokeExact(status);
            return status + " (" + text.reinterpret(longest).getString(0) + ")";
        } catch (final Throwable e) {
            throw rethrow("uc_strerror", e);
        }
    }

    static RuntimeException rethrow(final String operation, final Throwable e) {
        if (e instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new EngineException(operation, e);
    }
}
