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
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import ringside.emulator.machine.Machine;
import ringside.emulator.memory.HostMemory;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;

/** What the engine costs when Java is called for every event: the yardstick of the speed benchmark. */
final class BareUpcalls implements AutoCloseable {
    private static final FunctionDescriptor CODE = FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
    private static final FunctionDescriptor MEMORY =
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS);

    private static final int MEMORY_WRITE = 17;
    private static final int LONGEST_LOG = 10_000;

    private final Arena arena = Arena.ofShared();
    private long instructions;
    private long accesses;
    private final List<String> log = new ArrayList<>();

    /** Adds a Java upcall for each instruction and for each data access to a machine that has not run. */
    void hookEverything(final Machine machine) throws ReflectiveOperationException {
        final UnicornEngine engine = (UnicornEngine) field(((List<?>) field(machine, "vcpus")).getFirst(), "engine");
        final MemorySegment uc = (MemorySegment) field(engine, "uc");
        final Unicorn library = Unicorn.library();
        library.hook(uc, Unicorn.HOOK_CODE, upcall("onCode", CODE), MemorySegment.NULL, 1, 0, 0);
        library.hook(uc, Unicorn.HOOK_MEM_READ | Unicorn.HOOK_MEM_WRITE, upcall("onMemory", MEMORY),
                MemorySegment.NULL, 1, 0, 0);
        // Without maps of RAM no store is done anywhere but in the library, which calls its hooks.
        ((MemorySegment) field(engine, "shared")).set(JAVA_LONG, Shared.RAM_PAGES, 0);
    }

    private static Object field(final Object owner, final String name) throws ReflectiveOperationException {
        final Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private MemorySegment upcall(final String method, final FunctionDescriptor shape)
            throws ReflectiveOperationException {
        final MethodHandle handle = MethodHandles.lookup().bind(this, method, shape.toMethodType());
        return Linker.nativeLinker().upcallStub(handle, shape, arena);
    }

    private void onCode(final MemorySegment uc, final long address, final int size, final MemorySegment user) {
        instructions++;
    }

    private void onMemory(final MemorySegment uc, final int type, final long address, final int size,
            final long value, final MemorySegment user) {
        if (accesses++ < LONGEST_LOG) {
            final boolean write = type == MEMORY_WRITE;
            log.add((write ? "write " : "read ") + size + " at 0x" + Long.toHexString(address));
        }
    }

    private void onNothing() {
        instructions++;
    }

    long instructions() {
        return instructions;
    }

    long accesses() {
        return accesses;
    }

    /** {@return the first accesses, as text} */
    List<String> log() {
        return log;
    }

    /** {@return nanoseconds that {@code count} upcalls take which do next to nothing, called from machine code} */
    long emptyUpcalls(final long count) throws Throwable {
        final CodeBuilder c = new CodeBuilder();
        final Label again = c.newLabel("again");
        c.push(Reg64.RBX);
        c.push(Reg64.R12);
        c.sub(Reg64.RSP, Long.BYTES);
        c.mov(Reg64.RBX, Reg64.RDI);
        c.mov(Reg64.R12, Reg64.RSI);
        c.bind(again);
        c.call(Mem.at(Reg64.RBX));
        c.dec(Reg64.R12);
        c.jcc(Cond.NE, again);
        c.add(Reg64.RSP, Long.BYTES);
        c.pop(Reg64.R12);
        c.pop(Reg64.RBX);
        c.ret();
        final MemorySegment code = HostMemory.map(4096);
        code.copyFrom(MemorySegment.ofArray(c.bytes()));
        HostMemory.seal(code);
        final MemorySegment cell = arena.allocate(ADDRESS);
        cell.set(ADDRESS, 0, upcall("onNothing", FunctionDescriptor.ofVoid()));
        final MethodHandle loop = Linker.nativeLinker().downcallHandle(
                code, FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
        try {
            final long from = HostTime.ofThisThread();
            loop.invokeExact(cell, count);
            return HostTime.ofThisThread() - from;
        } finally {
            HostMemory.unmap(code);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
