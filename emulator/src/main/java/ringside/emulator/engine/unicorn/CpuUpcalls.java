package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** {@link CpuServices} as C function pointers; like {@link Upcalls}, no exception leaves any of them. */
final class CpuUpcalls {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final UnicornEngine engine;
    private final CpuServices cpu;
    private final Arena arena;

    CpuUpcalls(final UnicornEngine engine, final CpuServices cpu, final Arena arena) {
        this.engine = engine;
        this.cpu = cpu;
        this.arena = arena;
    }

    /** Enters them where stubs find them. */
    void share(final MemorySegment shared) {
        share(shared, Shared.UPCALL_DELIVERED, "onDelivered", FunctionDescriptor.ofVoid());
        share(shared, Shared.UPCALL_EXCEPTION, "onException", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        share(shared, Shared.UPCALL_SUPERVISE, "onSupervise", FunctionDescriptor.of(JAVA_INT));
        share(shared, Shared.UPCALL_GATHER, "onGather", FunctionDescriptor.ofVoid());
        share(shared, Shared.UPCALL_WATCH_PAGE, "onWatchPage", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        share(shared, Shared.UPCALL_WATCH_ACCESS, "onWatchAccess",
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));
        share(shared, Shared.UPCALL_TABLE_ACCESS, "onTableAccess",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
        share(shared, Shared.UPCALL_PAGE_ACCESS, "onPageAccess",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
        share(shared, Shared.UPCALL_DO_AGAIN, "onDoAgain", FunctionDescriptor.ofVoid());
        share(shared, Shared.UPCALL_SYSTEM_SEGMENT, "onSystemSegment", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        share(shared, Shared.UPCALL_RETURN, "onReturn", FunctionDescriptor.ofVoid());
        share(shared, Shared.UPCALL_READ_MSR, "onReadMsr", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        share(shared, Shared.UPCALL_WRITE_MSR, "onWriteMsr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        share(shared, Shared.UPCALL_READ_CONTROL, "onReadControl", FunctionDescriptor.of(JAVA_LONG));
        share(shared, Shared.UPCALL_WRITE_CONTROL, "onWriteControl",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        share(shared, Shared.UPCALL_READ_DEBUG, "onReadDebug", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        share(shared, Shared.UPCALL_WRITE_DEBUG, "onWriteDebug", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    }

    private void share(
            final MemorySegment shared, final int place, final String method, final FunctionDescriptor shape) {
        shared.set(JAVA_LONG, place, Upcalls.stub(LOOKUP, this, method, shape, arena).address());
    }

    private void onDelivered() {
        try {
            cpu.exceptions().delivered();
        } catch (final Throwable e) {
            engine.fail("delivered", e);
        }
    }

    private int onException(final int vector) {
        try {
            return cpu.exceptions().exception(vector);
        } catch (final Throwable e) {
            engine.fail("exception", e);
            return 1;
        }
    }

    private int onSupervise() {
        try {
            return cpu.supervise();
        } catch (final Throwable e) {
            engine.fail("supervise", e);
            return Supervision.PROCEED;
        }
    }

    private void onGather() {
        try {
            cpu.gatherFlags();
        } catch (final Throwable e) {
            engine.fail("gather", e);
        }
    }

    private int onWatchPage(final long page) {
        try {
            return cpu.dataBreakpoints().onPage(page);
        } catch (final Throwable e) {
            engine.fail("breakpoint", e);
            return 0;
        }
    }

    private int onWatchAccess(final long address, final long size, final int kind, final int inside) {
        try {
            return cpu.dataBreakpoints().access(address, size, kind, inside != 0);
        } catch (final Throwable e) {
            engine.fail("breakpoint", e);
            return DataBreakpoints.GO_ON;
        }
    }

    private void onDoAgain() {
        try {
            cpu.dataBreakpoints().doAgain();
        } catch (final Throwable e) {
            engine.fail("breakpoint", e);
        }
    }

    private long onTableAccess(final long guestPhysical, final int rights) {
        try {
            return cpu.extendedPaging().table(guestPhysical, rights);
        } catch (final Throwable e) {
            engine.fail("extended page tables", e);
            return guestPhysical;
        }
    }

    private long onPageAccess(final long guestPhysical, final int rights) {
        try {
            return cpu.extendedPaging().page(guestPhysical, rights);
        } catch (final Throwable e) {
            engine.fail("extended page tables", e);
            return guestPhysical | rights;
        }
    }

    private int onSystemSegment(final int selector) {
        try {
            return cpu.segments().refused(selector) ? 1 : 0;
        } catch (final Throwable e) {
            engine.fail("system segment", e);
            return 0;
        }
    }

    private void onReturn() {
        try {
            cpu.segments().returns();
        } catch (final Throwable e) {
            engine.fail("return", e);
        }
    }

    private int onReadMsr(final int number) {
        try {
            return cpu.readMsr(number);
        } catch (final Throwable e) {
            engine.fail("MSR read", e);
            return Verdict.DONE;
        }
    }

    private int onWriteMsr(final int number, final long value) {
        try {
            return cpu.writeMsr(number, value);
        } catch (final Throwable e) {
            engine.fail("MSR write", e);
            return Verdict.DONE;
        }
    }

    private long onReadControl() {
        try {
            return cpu.readControl();
        } catch (final Throwable e) {
            engine.fail("CR8 read", e);
            return 0;
        }
    }

    private int onWriteControl(final int register, final long value) {
        try {
            return cpu.writeControl(register, value);
        } catch (final Throwable e) {
            engine.fail("control register write", e);
            return Verdict.DONE;
        }
    }

    private int onReadDebug(final int register, final long unused) {
        try {
            return cpu.debugRegisters().read(register);
        } catch (final Throwable e) {
            engine.fail("debug register read", e);
            return Verdict.LIBRARY;
        }
    }

    private int onWriteDebug(final int register, final long value) {
        try {
            return cpu.debugRegisters().write(register, value);
        } catch (final Throwable e) {
            engine.fail("debug register write", e);
            return Verdict.DONE;
        }
    }
}
