package ringside.emulator.engine.unicorn;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import ringside.emulator.memory.HostMemory;
import ringside.toolchain.codegen.CodeBuilder;

/**
 * What hardware does between two instructions, as machine code for the host: counting a block, vectoring an
 * exception, entering the kernel by SYSCALL, checking a port's permission, recording a memory access.
 *
 * <p>The library calls these as C functions (System V ABI; the stack is 8 below a multiple of 16 on entry). They may
 * call library functions that leave by {@code longjmp}, which no Java frame may be under; a Java upcall has always
 * returned by then.
 */
final class Microcode implements AutoCloseable {
    private static final int PAGE = 4096;
    private static final int ALIGNMENT = 16;

    private final MemorySegment code = HostMemory.map(PAGE);
    private int used;
    private final MemorySegment block;
    private final MemorySegment exception;
    private final MemorySegment invalid;
    private final MemorySegment syscall;
    private final MemorySegment sysenter;
    private final MemorySegment portIn;
    private final MemorySegment portOut;
    private final MemorySegment memory;

    Microcode() {
        block = place(BlockStub::emit);
        exception = place(ExceptionStubs::emitException);
        invalid = place(ExceptionStubs::emitInvalid);
        syscall = place(SyscallStub::emit);
        sysenter = place(SyscallStub::emitUndefined);
        portIn = place(PortStubs::emitIn);
        portOut = place(PortStubs::emitOut);
        memory = place(MemoryStub::emit);
        HostMemory.seal(code);
    }

    private MemorySegment place(final Consumer<CodeBuilder> emitter) {
        final CodeBuilder builder = new CodeBuilder();
        emitter.accept(builder);
        final byte[] bytes = builder.bytes();
        final MemorySegment stub = code.asSlice(used, bytes.length);
        stub.copyFrom(MemorySegment.ofArray(bytes));
        used = used + bytes.length + ALIGNMENT - 1 & -ALIGNMENT;
        return stub;
    }

    /** {@return {@code void (uc, address, size, shared)}: before each block} */
    MemorySegment block() {
        return block;
    }

    /** {@return {@code void (uc, vector, shared)}: an exception or software interrupt} */
    MemorySegment exception() {
        return exception;
    }

    /** {@return {@code bool (uc, shared)}: an undefined instruction} */
    MemorySegment invalid() {
        return invalid;
    }

    /** {@return {@code void (uc, shared)}: SYSCALL} */
    MemorySegment syscall() {
        return syscall;
    }

    /** {@return {@code void (uc, shared)}: SYSENTER, which CPUID says that this CPU does not have} */
    MemorySegment sysenter() {
        return sysenter;
    }

    /** {@return {@code uint32 (uc, port, size, shared)}: IN} */
    MemorySegment portIn() {
        return portIn;
    }

    /** {@return {@code void (uc, port, size, value, shared)}: OUT} */
    MemorySegment portOut() {
        return portOut;
    }

    /** {@return {@code void (uc, type, physical, size, value, shared)}: a data access} */
    MemorySegment memory() {
        return memory;
    }

    @Override
    public void close() {
        HostMemory.unmap(code);
    }
}
