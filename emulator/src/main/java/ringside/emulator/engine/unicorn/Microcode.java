package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R10;
import static ringside.toolchain.codegen.Reg64.R12;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import ringside.emulator.engine.EngineCallbacks;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

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
    private static final int PADDING = 8;

    private static final int SYSCALL_ENABLE = 1;
    private static final int SELECTOR_SHIFT = 32;
    private static final int SELECTOR_MASK = 0xFFFC;
    private static final int KERNEL_CODE = 0xA09B00;
    private static final int KERNEL_DATA = 0xC09300;
    private static final int FLAT_LIMIT = -1;
    private static final int RESUME_FLAG = 1 << 16;
    private static final int INVALID_OPCODE = 6;
    private static final int MEMORY_READ = 16;

    private final MemorySegment code = HostMemory.map(PAGE);
    private int used;
    private final MemorySegment block;
    private final MemorySegment exception;
    private final MemorySegment invalid;
    private final MemorySegment syscall;
    private final MemorySegment portIn;
    private final MemorySegment portOut;
    private final MemorySegment memory;

    Microcode() {
        block = place(Microcode::emitBlock);
        exception = place(Microcode::emitException);
        invalid = place(Microcode::emitInvalid);
        syscall = place(Microcode::emitSyscall);
        portIn = place(Microcode::emitPortIn);
        portOut = place(Microcode::emitPortOut);
        memory = place(Microcode::emitMemory);
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

    /**
     * Finds the block in the table by its translation (the return address), asks Java when attention is due, counts
     * it and, when asked to, records it.
     *
     * <p>In: rdi = uc, rsi = address, edx = size, rcx = Shared. r9 = the table entry throughout.
     */
    private static void emitBlock(final CodeBuilder c) {
        final Label miss = c.newLabel("miss");
        final Label hit = c.newLabel("hit");
        final Label repeat = c.newLabel("starts_with_repeat");
        final Label count = c.newLabel("count");
        final Label add = c.newLabel("add");
        final Label attention = c.newLabel("attention");
        final Label record = c.newLabel("record");
        c.mov(R10, at(RSP));
        c.imul(R9, R10, BlockTable.MULTIPLIER);
        c.shr(R9, BlockTable.HASH_SHIFT);
        c.and(Reg32.R9D, (1L << BlockTable.INDEX_BITS) - 1);
        c.shl(R9, BlockTable.ENTRY_SHIFT);
        c.add(R9, at(RCX, Shared.TABLE));
        c.cmp(R10, at(R9, BlockTable.KEY));
        c.jcc(Cond.NE, miss);
        c.cmp(RSI, at(R9, BlockTable.ADDRESS));
        c.jcc(Cond.NE, miss);
        c.bind(hit);
        c.cmp(Width.DWORD, at(R9, BlockTable.STARTS_WITH_REPEAT), 0);
        c.jcc(Cond.NE, repeat);
        c.bind(count);
        c.xor(Reg32.EDX, Reg32.EDX);
        c.mov(RAX, at(RCX, Shared.CYCLES));
        c.cmp(RAX, at(RCX, Shared.ATTENTION));
        c.jcc(Cond.AE, attention);
        c.bind(add);
        c.mov(Reg32.R8D, at(R9, BlockTable.CYCLES));
        c.add(at(RCX, Shared.CYCLES), R8);
        c.mov(Reg32.R8D, at(R9, BlockTable.INSTRUCTIONS));
        c.add(at(RCX, Shared.INSTRUCTIONS), R8);
        c.mov(at(RCX, Shared.CURRENT), R9);
        c.cmp(Width.DWORD, at(RCX, Shared.RECORDING), 0);
        c.jcc(Cond.NE, record);
        c.ret();
        emitRecord(c, record);
        emitRepeat(c, repeat, count, attention);
        emitAttention(c, attention, add);
        emitMiss(c, miss, hit);
    }

    private static void emitRecord(final CodeBuilder c, final Label record) {
        final Label full = c.newLabel("full");
        c.bind(record);
        c.mov(RAX, at(RCX, Shared.ENV));
        c.mov(Reg32.EAX, at(RAX, Env.HFLAGS));
        c.and(Reg32.EAX, Env.HF_CPL);
        c.or(Reg32.EAX, RingRecord.BLOCK << RingRecord.KIND_SHIFT - RingRecord.MIDDLE_SHIFT);
        c.shl(RAX, RingRecord.MIDDLE_SHIFT);
        c.mov(Reg32.R8D, at(R9, BlockTable.ID));
        c.or(RAX, R8);
        c.mov(R8, at(RCX, Shared.RING_NEXT));
        c.mov(at(R8), RAX);
        c.add(R8, RingRecord.BYTES);
        c.mov(at(RCX, Shared.RING_NEXT), R8);
        c.cmp(R8, at(RCX, Shared.RING_LIMIT));
        c.jcc(Cond.AE, full);
        c.ret();
        c.bind(full);
        c.jmp(at(RCX, Shared.UPCALL_DRAIN));
    }

    /** The block is one repeated string instruction: entered again and again, it counts when first entered. */
    private static void emitRepeat(
            final CodeBuilder c, final Label repeat, final Label count, final Label attention) {
        final Label ask = c.newLabel("ask");
        c.bind(repeat);
        c.mov(RAX, at(RCX, Shared.CURRENT));
        c.test(RAX, RAX);
        c.jcc(Cond.E, count);
        c.cmp(RSI, at(RAX, BlockTable.LAST_REPEAT));
        c.jcc(Cond.NE, count);
        c.mov(at(RCX, Shared.CURRENT), R9);
        c.inc(Width.QWORD, at(RCX, Shared.REPETITIONS));
        c.test(Width.DWORD, at(RCX, Shared.REPETITIONS), Shared.REPETITIONS_BETWEEN_QUESTIONS - 1);
        c.jcc(Cond.E, ask);
        c.mov(RAX, at(RCX, Shared.CYCLES));
        c.cmp(RAX, at(RCX, Shared.ATTENTION));
        c.jcc(Cond.AE, ask);
        c.ret();
        c.bind(ask);
        c.mov(Reg32.EDX, 1);
        c.jmp(attention);
    }

    /** edx = whether the block goes on with a repeated instruction that is counted already. */
    private static void emitAttention(final CodeBuilder c, final Label attention, final Label add) {
        final Label proceed = c.newLabel("proceed");
        final Label leave = c.newLabel("leave");
        c.bind(attention);
        c.push(RCX);
        c.push(R9);
        c.push(RDX);
        c.mov(Reg32.EDI, Reg32.EDX);
        c.call(at(RCX, Shared.UPCALL_ATTENTION));
        c.pop(RDX);
        c.pop(R9);
        c.pop(RCX);
        c.cmp(Reg32.EAX, EngineCallbacks.PROCEED);
        c.jcc(Cond.E, proceed);
        c.test(Reg32.EAX, Reg32.EAX);
        c.jcc(Cond.S, leave);
        c.sub(RSP, PADDING);
        c.push(RBX);
        c.sub(RSP, PADDING);
        c.mov(RBX, RCX);
        c.mov(RDI, at(RBX, Shared.ENV));
        c.mov(Reg32.ESI, Reg32.EAX);
        c.mov(Reg32.EDX, 1);
        c.call(at(RBX, Shared.DO_HARDWARE_INTERRUPT));
        c.mov(Width.QWORD, at(RBX, Shared.DELIVERING), 0);
        c.mov(RDI, at(RBX, Shared.CPU));
        c.call(at(RBX, Shared.LOOP_EXIT));
        c.bind(proceed);
        c.test(Reg32.EDX, Reg32.EDX);
        c.jcc(Cond.E, add);
        c.bind(leave);
        c.ret();
    }

    private static void emitMiss(final CodeBuilder c, final Label miss, final Label hit) {
        c.bind(miss);
        c.push(RCX);
        c.push(RSI);
        c.sub(RSP, PADDING);
        c.mov(RDI, R10);
        c.call(at(RCX, Shared.UPCALL_MISS));
        c.add(RSP, PADDING);
        c.pop(RSI);
        c.pop(RCX);
        c.mov(R9, RAX);
        c.jmp(hit);
    }

    /** In: esi = vector, rdx = Shared. */
    private static void emitException(final CodeBuilder c) {
        c.push(RBX);
        c.mov(RBX, RDX);
        emitDelivery(c);
        c.pop(RBX);
        c.ret();
    }

    /** In: rsi = Shared. Out: al = 1, the instruction is dealt with. */
    private static void emitInvalid(final CodeBuilder c) {
        c.push(RBX);
        c.mov(RBX, RSI);
        c.mov(Reg32.ESI, INVALID_OPCODE);
        emitDelivery(c);
        c.mov(Reg32.EAX, 1);
        c.pop(RBX);
        c.ret();
    }

    /** esi = vector, rbx = Shared. Java sets DELIVERING; it stays set when the delivery faults. */
    private static void emitDelivery(final CodeBuilder c) {
        final Label stop = c.newLabel("stop");
        c.mov(Reg32.EDI, Reg32.ESI);
        c.call(at(RBX, Shared.UPCALL_EXCEPTION));
        c.test(Reg32.EAX, Reg32.EAX);
        c.jcc(Cond.NE, stop);
        c.mov(RDI, at(RBX, Shared.CPU));
        c.call(at(RBX, Shared.DO_INTERRUPT));
        c.mov(Width.QWORD, at(RBX, Shared.DELIVERING), 0);
        c.bind(stop);
    }

    /**
     * SYSCALL (Intel SDM volume 2B): #UD outside 64-bit mode or without EFER.SCE; RCX and R11 get the return address
     * and the flags; flags are masked; CS and SS come from STAR with fixed descriptors; RIP from LSTAR.
     *
     * <p>In: rsi = Shared. The library adds the instruction's length to RIP afterwards, so LSTAR goes in less that.
     */
    private static void emitSyscall(final CodeBuilder c) {
        final Label undefined = c.newLabel("undefined");
        final Label counted = c.newLabel("counted");
        final Label silent = c.newLabel("silent");
        c.push(RBX);
        c.push(R12);
        c.sub(RSP, PADDING);
        c.mov(RBX, RSI);
        c.mov(R12, at(RBX, Shared.ENV));
        c.test(Width.DWORD, at(R12, Env.EFER), SYSCALL_ENABLE);
        c.jcc(Cond.E, undefined);
        c.test(Width.DWORD, at(R12, Env.HFLAGS), Env.HF_CS64);
        c.jcc(Cond.E, undefined);
        c.cmp(Width.DWORD, at(RBX, Shared.RECORDING), 0);
        c.jcc(Cond.E, silent);
        c.mov(RAX, (long) RingRecord.SYSCALL << RingRecord.KIND_SHIFT);
        c.mov(R8, at(RBX, Shared.RING_NEXT));
        c.mov(at(R8), RAX);
        c.mov(RAX, at(R12, Env.REGS));
        c.mov(at(R8, Long.BYTES), RAX);
        c.add(Width.QWORD, at(RBX, Shared.RING_NEXT), RingRecord.BYTES);
        c.bind(silent);
        c.mov(RDI, R12);
        c.call(at(RBX, Shared.READ_EFLAGS));
        final int r11 = Env.REGS + 11 * Long.BYTES;
        final int rcx = Env.REGS + Long.BYTES;
        c.mov(at(R12, r11), RAX);
        c.mov(RSI, at(R12, Env.FMASK));
        c.or(RSI, RESUME_FLAG);
        c.not(RSI);
        c.and(RSI, RAX);
        c.mov(RDI, R12);
        c.mov(Reg32.EDX, -1);
        c.call(at(RBX, Shared.WRITE_EFLAGS));
        // The block ends with this instruction, so its end is the return address.
        c.mov(RAX, at(R12, Env.EIP));
        c.lea(RCX, at(RAX, 2));
        c.mov(RDX, at(RBX, Shared.CURRENT));
        c.test(RDX, RDX);
        c.jcc(Cond.E, counted);
        c.mov(RCX, at(RDX, BlockTable.END));
        c.bind(counted);
        c.mov(at(R12, rcx), RCX);
        c.sub(RCX, RAX);
        c.mov(RAX, at(R12, Env.LSTAR));
        c.sub(RAX, RCX);
        c.mov(at(R12, Env.EIP), RAX);
        c.mov(RAX, at(R12, Env.STAR));
        c.shr(RAX, SELECTOR_SHIFT);
        c.and(Reg32.EAX, SELECTOR_MASK);
        emitSegment(c, Env.CS, KERNEL_CODE);
        c.add(Reg32.EAX, 8);
        emitSegment(c, Env.SS, KERNEL_DATA);
        c.mov(Reg32.EAX, at(R12, Env.HFLAGS));
        c.and(Reg32.EAX, ~(Env.HF_CPL | Env.HF_ADDSEG));
        c.or(Reg32.EAX, Env.HF_CS32 | Env.HF_SS32);
        c.mov(at(R12, Env.HFLAGS), Reg32.EAX);
        c.add(RSP, PADDING);
        c.pop(R12);
        c.pop(RBX);
        c.ret();
        c.bind(undefined);
        c.mov(RDI, R12);
        c.mov(Reg32.ESI, INVALID_OPCODE);
        c.xor(Reg32.EDX, Reg32.EDX);
        c.xor(Reg32.ECX, Reg32.ECX);
        c.call(at(RBX, Shared.RAISE_EXCEPTION));
        c.ud2();
    }

    private static void emitSegment(final CodeBuilder c, final int index, final int flags) {
        final int segment = Env.segment(index);
        c.mov(at(R12, segment + Env.SEG_SELECTOR), Reg32.EAX);
        c.mov(Width.QWORD, at(R12, segment + Env.SEG_BASE), 0);
        c.mov(Width.DWORD, at(R12, segment + Env.SEG_LIMIT), FLAT_LIMIT);
        c.mov(Width.DWORD, at(R12, segment + Env.SEG_FLAGS), flags);
    }

    /** In: esi = port, edx = size, rcx = Shared. Out: eax = value. */
    private static void emitPortIn(final CodeBuilder c) {
        emitPortCheck(c, RCX);
        c.jmp(at(R10, Shared.UPCALL_PORT_IN));
    }

    /** In: esi = port, edx = size, ecx = value, r8 = Shared. Leaves the block at once where Java ends the run. */
    private static void emitPortOut(final CodeBuilder c) {
        final Label leave = c.newLabel("leave");
        emitPortCheck(c, R8);
        c.push(RBX);
        c.mov(RBX, R10);
        c.call(at(RBX, Shared.UPCALL_PORT_OUT));
        c.test(Reg32.EAX, Reg32.EAX);
        c.jcc(Cond.NE, leave);
        c.pop(RBX);
        c.ret();
        c.bind(leave);
        c.mov(RDI, at(RBX, Shared.CPU));
        c.call(at(RBX, Shared.LOOP_EXIT));
        c.ud2();
    }

    /**
     * The permission check that the library leaves out: at a level above IOPL the TSS's bitmap decides (Intel SDM
     * volume 1, 19.5), which may raise #GP or fault and then does not come back.
     *
     * <p>In: esi = port, edx = size, {@code user} = Shared. Out: r10 = Shared; the arguments are kept.
     */
    private static void emitPortCheck(final CodeBuilder c, final Reg64 user) {
        final int protectedMode = Env.HF_PE;
        final int ioplShift = 12;
        final Label allowed = c.newLabel("allowed");
        final Label wide = c.newLabel("wide");
        final Label check = c.newLabel("check");
        c.mov(R10, user);
        c.mov(R9, at(R10, Shared.ENV));
        c.test(Width.DWORD, at(R9, Env.HFLAGS), protectedMode);
        c.jcc(Cond.E, allowed);
        c.mov(Reg32.EAX, at(R9, Env.EFLAGS));
        c.shr(Reg32.EAX, ioplShift);
        c.and(Reg32.EAX, Env.HF_CPL);
        c.mov(Reg32.R11D, at(R9, Env.HFLAGS));
        c.and(Reg32.R11D, Env.HF_CPL);
        c.cmp(Reg32.R11D, Reg32.EAX);
        c.jcc(Cond.BE, allowed);
        c.push(RDI);
        c.push(RSI);
        c.push(RDX);
        c.push(RCX);
        c.push(R8);
        c.push(R10);
        c.sub(RSP, PADDING);
        c.mov(RAX, at(R10, Shared.CHECK_PORT_1));
        c.cmp(Reg32.EDX, Byte.BYTES);
        c.jcc(Cond.E, check);
        c.cmp(Reg32.EDX, Short.BYTES);
        c.jcc(Cond.NE, wide);
        c.mov(RAX, at(R10, Shared.CHECK_PORT_2));
        c.jmp(check);
        c.bind(wide);
        c.mov(RAX, at(R10, Shared.CHECK_PORT_4));
        c.bind(check);
        c.mov(RDI, R9);
        c.call(RAX);
        c.add(RSP, PADDING);
        c.pop(R10);
        c.pop(R8);
        c.pop(RCX);
        c.pop(RDX);
        c.pop(RSI);
        c.pop(RDI);
        c.bind(allowed);
    }

    /** In: esi = type, rdx = physical address, ecx = size, r9 = Shared. */
    private static void emitMemory(final CodeBuilder c) {
        final Label write = c.newLabel("write");
        final Label store = c.newLabel("store");
        final Label full = c.newLabel("full");
        c.cmp(Reg32.ESI, MEMORY_READ);
        c.jcc(Cond.NE, write);
        c.mov(RAX, (long) RingRecord.READ << RingRecord.KIND_SHIFT);
        c.jmp(store);
        c.bind(write);
        c.mov(RAX, (long) RingRecord.WRITE << RingRecord.KIND_SHIFT);
        c.bind(store);
        c.mov(Reg32.ECX, Reg32.ECX);
        c.or(RAX, RCX);
        c.mov(R8, at(R9, Shared.RING_NEXT));
        c.mov(at(R8), RAX);
        c.mov(at(R8, Long.BYTES), RDX);
        c.add(R8, RingRecord.BYTES);
        c.mov(at(R9, Shared.RING_NEXT), R8);
        c.cmp(R8, at(R9, Shared.RING_LIMIT));
        c.jcc(Cond.AE, full);
        c.ret();
        c.bind(full);
        c.jmp(at(R9, Shared.UPCALL_DRAIN));
    }
}
