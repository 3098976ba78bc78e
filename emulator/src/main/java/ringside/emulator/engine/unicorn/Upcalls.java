package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import ringside.emulator.engine.EngineCallbacks;

/**
 * Java as C function pointers: what stubs and the library call. No exception leaves any of them, because one that
 * reached native frames would end the JVM: it is kept, the engine is stopped, and {@link UnicornEngine#run} throws it.
 */
final class Upcalls {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final UnicornEngine engine;
    private final StubServices services;
    private final RamMaps maps;
    private final Arena arena;

    Upcalls(final UnicornEngine engine, final StubServices services, final RamMaps maps, final Arena arena) {
        this.engine = engine;
        this.services = services;
        this.maps = maps;
        this.arena = arena;
    }

    /** Tells the stubs where they reach Java. */
    void share(final MemorySegment shared, final boolean counting) {
        share(shared, Shared.UPCALL_MISS, miss());
        share(shared, Shared.UPCALL_ATTENTION, attention());
        share(shared, Shared.UPCALL_DRAIN, drain());
        share(shared, Shared.UPCALL_CODE_APPEARED, codeAppeared());
        share(shared, Shared.UPCALL_CODE_WRITTEN, codeWritten());
        share(shared, Shared.UPCALL_PORT_IN, portIn());
        share(shared, Shared.UPCALL_PORT_OUT, portOut());
        if (counting) {
            share(shared, Shared.UPCALL_LIMIT, limit());
        }
    }

    private static void share(final MemorySegment shared, final int offset, final MemorySegment function) {
        shared.set(JAVA_LONG, offset, function.address());
    }

    MemorySegment miss() {
        return stub("onMiss", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    }

    MemorySegment attention() {
        return stub("onAttention", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    MemorySegment limit() {
        return stub("onLimit", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    }

    MemorySegment codeAppeared() {
        return stub("onCodeAppeared", FunctionDescriptor.ofVoid(JAVA_LONG));
    }

    MemorySegment codeWritten() {
        return stub("onCodeWritten", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));
    }

    MemorySegment drain() {
        return stub("onDrain", FunctionDescriptor.ofVoid());
    }

    MemorySegment probe() {
        return stub("onProbe", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS));
    }

    MemorySegment portIn() {
        return stub("onPortIn", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    }

    MemorySegment portOut() {
        return stub("onPortOut", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    }

    MemorySegment cpuid() {
        return stub("onCpuid", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    MemorySegment timeStamp() {
        return stub("onTimeStamp", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    MemorySegment timeStampAndProcessor() {
        return stub("onTimeStampAndProcessor", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    /** Device memory that starts at {@code user}'s address. */
    MemorySegment deviceRead() {
        return stub("onDeviceRead", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS));
    }

    /** Device memory that starts at {@code user}'s address. */
    MemorySegment deviceWrite() {
        return stub("onDeviceWrite",
                FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS));
    }

    private MemorySegment stub(final String method, final FunctionDescriptor shape) {
        return stub(LOOKUP, this, method, shape, arena);
    }

    /** {@return a method of an object as a C function pointer} */
    static MemorySegment stub(final MethodHandles.Lookup lookup, final Object receiver, final String method,
            final FunctionDescriptor shape, final Arena arena) {
        final MethodType type = shape.toMethodType();
        try {
            final MethodHandle handle = lookup.bind(receiver, method, type);
            return Linker.nativeLinker().upcallStub(handle, shape, arena);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("no upcall method=" + method, e);
        }
    }

    private long onMiss(final long key, final long address, final int size) {
        try {
            return services.translated(key, address, size);
        } catch (final Throwable e) {
            engine.fail("translated", e);
            return services.spareEntry();
        }
    }

    private int onAttention(final int continuation) {
        try {
            return services.attention(continuation != 0);
        } catch (final Throwable e) {
            engine.fail("attention", e);
            return EngineCallbacks.STOP;
        }
    }

    private int onLimit(final long address, final int flags, final int most) {
        try {
            return services.decoder().limit(engine, address, flags, most);
        } catch (final Throwable e) {
            engine.fail("limit", e);
            return most;
        }
    }

    private void onCodeAppeared(final long page) {
        try {
            maps.codeAppeared(page);
        } catch (final Throwable e) {
            engine.fail("code appeared", e);
        }
    }

    private void onCodeWritten(final long physical, final long bytes) {
        try {
            maps.codeWritten(physical, bytes);
        } catch (final Throwable e) {
            engine.fail("code written", e);
        }
    }

    private void onDrain() {
        try {
            services.drain();
        } catch (final Throwable e) {
            engine.fail("drain", e);
        }
    }

    private void onProbe(final MemorySegment uc, final long address, final int size, final MemorySegment user) {
        try {
            services.probe(address);
        } catch (final Throwable e) {
            engine.fail("probe", e);
        }
    }

    private int onPortIn(final MemorySegment uc, final int port, final int size, final MemorySegment user) {
        try {
            return engine.portIn(port, size);
        } catch (final Throwable e) {
            engine.fail("port read", e);
            return -1;
        }
    }

    private int onPortOut(
            final MemorySegment uc, final int port, final int size, final int value, final MemorySegment user) {
        try {
            return engine.portOut(port, size, value) ? 1 : 0;
        } catch (final Throwable e) {
            engine.fail("port write", e);
            return 0;
        }
    }

    private int onCpuid(final MemorySegment uc, final MemorySegment user) {
        try {
            engine.cpuid();
        } catch (final Throwable e) {
            engine.fail("cpuid", e);
        }
        return 1;
    }

    private int onTimeStamp(final MemorySegment uc, final MemorySegment user) {
        try {
            engine.timeStamp();
        } catch (final Throwable e) {
            engine.fail("time stamp", e);
        }
        return 1;
    }

    private int onTimeStampAndProcessor(final MemorySegment uc, final MemorySegment user) {
        try {
            engine.timeStampAndProcessor();
        } catch (final Throwable e) {
            engine.fail("time stamp", e);
        }
        return 1;
    }

    private long onDeviceRead(final MemorySegment uc, final long offset, final int size, final MemorySegment base) {
        try {
            return engine.deviceRead(base.address() + offset, size);
        } catch (final Throwable e) {
            engine.fail("device read", e);
            return -1;
        }
    }

    private void onDeviceWrite(final MemorySegment uc, final long offset, final int size, final long value,
            final MemorySegment base) {
        try {
            engine.deviceWrite(base.address() + offset, size, value);
        } catch (final Throwable e) {
            engine.fail("device write", e);
        }
    }
}
