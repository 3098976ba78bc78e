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
        share(shared, Shared.UPCALL_EXCEPTION, exception());
        share(shared, Shared.UPCALL_DRAIN, drain());
        share(shared, Shared.UPCALL_CODE_APPEARED, codeAppeared());
        share(shared, Shared.UPCALL_CODE_WRITTEN, codeWritten());
        share(shared, Shared.UPCALL_PORT_IN, portIn());
        share(shared, Shared.UPCALL_PORT_OUT, portOut());
        share(shared, Shared.UPCALL_DELIVERED, delivered());
        if (counting) {
            share(shared, Shared.UPCALL_LIMIT, limit());
        }
        share(shared, Shared.UPCALL_SUPERVISE, supervise());
        share(shared, Shared.UPCALL_GATHER, gather());
        share(shared, Shared.UPCALL_WATCH_PAGE, watchPage());
        share(shared, Shared.UPCALL_WATCH_ACCESS, watchAccess());
        share(shared, Shared.UPCALL_DO_AGAIN, doAgain());
        share(shared, Shared.UPCALL_READ_MSR, readMsr());
        share(shared, Shared.UPCALL_WRITE_MSR, writeMsr());
        share(shared, Shared.UPCALL_READ_CONTROL, readControl());
        share(shared, Shared.UPCALL_WRITE_CONTROL, writeControl());
        share(shared, Shared.UPCALL_READ_DEBUG, readDebug());
        share(shared, Shared.UPCALL_WRITE_DEBUG, writeDebug());
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

    MemorySegment exception() {
        return stub("onException", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    MemorySegment limit() {
        return stub("onLimit", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    }

    MemorySegment supervise() {
        return stub("onSupervise", FunctionDescriptor.of(JAVA_INT));
    }

    MemorySegment watchPage() {
        return stub("onWatchPage", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    }

    MemorySegment watchAccess() {
        return stub("onWatchAccess", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));
    }

    MemorySegment doAgain() {
        return stub("onDoAgain", FunctionDescriptor.ofVoid());
    }

    MemorySegment gather() {
        return stub("onGather", FunctionDescriptor.ofVoid());
    }

    MemorySegment delivered() {
        return stub("onDelivered", FunctionDescriptor.ofVoid());
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

    MemorySegment readMsr() {
        return stub("onReadMsr", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    MemorySegment writeMsr() {
        return stub("onWriteMsr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    }

    MemorySegment readControl() {
        return stub("onReadControl", FunctionDescriptor.of(JAVA_LONG));
    }

    MemorySegment writeControl() {
        return stub("onWriteControl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    }

    MemorySegment readDebug() {
        return stub("onReadDebug", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    }

    MemorySegment writeDebug() {
        return stub("onWriteDebug", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
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
        final MethodType type = shape.toMethodType();
        try {
            final MethodHandle handle = LOOKUP.bind(this, method, type);
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

    private int onException(final int vector) {
        try {
            return engine.exceptions().exception(vector);
        } catch (final Throwable e) {
            engine.fail("exception", e);
            return 1;
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

    private int onSupervise() {
        try {
            return engine.supervise();
        } catch (final Throwable e) {
            engine.fail("supervise", e);
            return Supervision.PROCEED;
        }
    }

    private int onWatchPage(final long page) {
        try {
            return engine.dataBreakpoints().onPage(page);
        } catch (final Throwable e) {
            engine.fail("breakpoint", e);
            return 0;
        }
    }

    private int onWatchAccess(final long address, final long size, final int kind, final int inside) {
        try {
            return engine.dataBreakpoints().access(address, size, kind, inside != 0);
        } catch (final Throwable e) {
            engine.fail("breakpoint", e);
            return DataBreakpoints.GO_ON;
        }
    }

    private void onDoAgain() {
        try {
            engine.dataBreakpoints().doAgain();
        } catch (final Throwable e) {
            engine.fail("breakpoint", e);
        }
    }

    private void onGather() {
        try {
            engine.gatherFlags();
        } catch (final Throwable e) {
            engine.fail("gather", e);
        }
    }

    private void onDelivered() {
        try {
            engine.exceptions().delivered();
        } catch (final Throwable e) {
            engine.fail("delivered", e);
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

    private int onReadMsr(final int number) {
        try {
            return engine.readMsr(number);
        } catch (final Throwable e) {
            engine.fail("MSR read", e);
            return Verdict.DONE;
        }
    }

    private int onWriteMsr(final int number, final long value) {
        try {
            return engine.writeMsr(number, value);
        } catch (final Throwable e) {
            engine.fail("MSR write", e);
            return Verdict.DONE;
        }
    }

    private long onReadControl() {
        try {
            return engine.readControl();
        } catch (final Throwable e) {
            engine.fail("CR8 read", e);
            return 0;
        }
    }

    private int onWriteControl(final int register, final long value) {
        try {
            return engine.writeControl(register, value);
        } catch (final Throwable e) {
            engine.fail("control register write", e);
            return Verdict.DONE;
        }
    }

    private int onReadDebug(final int register, final long unused) {
        try {
            return engine.debugRegisters().read(register);
        } catch (final Throwable e) {
            engine.fail("debug register read", e);
            return Verdict.LIBRARY;
        }
    }

    private int onWriteDebug(final int register, final long value) {
        try {
            return engine.debugRegisters().write(register, value);
        } catch (final Throwable e) {
            engine.fail("debug register write", e);
            return Verdict.DONE;
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
