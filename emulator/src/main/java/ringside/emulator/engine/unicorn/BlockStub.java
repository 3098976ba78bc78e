package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R10;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import ringside.emulator.engine.EngineCallbacks;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;

/**
 * Before each block: finds it in the {@link BlockTable} by its translation, asks Java when attention is due, counts it
 * and, when asked to, records it.
 */
final class BlockStub {
    private static final int PADDING = 8;
    private static final int DEBUG = 1;

    private BlockStub() {
    }

    /**
     * Finds the block in the table by its translation (the return address), asks Java when attention is due, counts
     * it and, when asked to, records it.
     *
     * <p>In: rdi = uc, rsi = address, edx = size, rcx = Shared. r9 = the table entry throughout.
     */
    static void emit(final CodeBuilder c) {
        final Label miss = c.newLabel("miss");
        final Label hit = c.newLabel("hit");
        final Label special = c.newLabel("special");
        final Label repeat = c.newLabel("starts_with_repeat");
        final Label care = c.newLabel("care");
        final Label count = c.newLabel("count");
        final Label add = c.newLabel("add");
        final Label attention = c.newLabel("attention");
        final Label question = c.newLabel("question");
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
        c.cmp(Width.DWORD, at(R9, BlockTable.FLAGS), 0);
        c.jcc(Cond.NE, special);
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
        emitSpecial(c, special, repeat, care, count);
        emitRepeat(c, repeat, care, count, attention, question);
        emitAttention(c, attention, question, add);
        emitMiss(c, miss, hit);
    }

    private static void emitRecord(final CodeBuilder c, final Label record) {
        final Label append = c.newLabel("append");
        final Label full = c.newLabel("full");
        c.bind(record);
        c.mov(RAX, at(RCX, Shared.ENV));
        // A store to the running block's code leaves it amid an access in two parts, and what comes is none of them.
        c.mov(R8, at(RAX, AccessStubs.ENV_UC));
        c.mov(Width.DWORD, at(R8, AccessStubs.UC_SPLIT_ACCESS), 0);
        c.mov(Reg32.EAX, at(RAX, Env.HFLAGS));
        c.and(Reg32.EAX, Env.HF_CPL);
        c.shl(RAX, RingRecord.MIDDLE_SHIFT);
        c.or(RAX, at(R9, BlockTable.HEAD));
        c.mov(R8, at(RCX, Shared.RING_NEXT));
        c.cmp(Width.DWORD, at(RCX, Shared.RECORDING), RingRecord.LAST_BLOCKS);
        c.jcc(Cond.NE, append);
        c.cmp(Width.BYTE, at(R8, -RingRecord.BYTES + RingRecord.KIND_SHIFT / Byte.SIZE), RingRecord.BLOCK);
        c.jcc(Cond.NE, append);
        c.sub(R8, RingRecord.BYTES);
        c.bind(append);
        c.mov(at(R8), RAX);
        c.mov(RAX, at(RCX, Shared.CYCLES));
        c.mov(at(R8, Long.BYTES), RAX);
        c.add(R8, RingRecord.BYTES);
        c.mov(at(RCX, Shared.RING_NEXT), R8);
        c.cmp(R8, at(RCX, Shared.RING_LIMIT));
        c.jcc(Cond.AE, full);
        c.ret();
        c.bind(full);
        c.jmp(at(RCX, Shared.UPCALL_DRAIN));
    }

    private static void emitSpecial(
            final CodeBuilder c, final Label special, final Label repeat, final Label care, final Label count) {
        c.bind(special);
        c.test(Width.DWORD, at(R9, BlockTable.FLAGS), BlockTable.STARTS_WITH_REPEAT);
        c.jcc(Cond.NE, repeat);
        c.bind(care);
        emitCare(c, count);
    }

    /**
     * Counts the block and then, where it did start, ends RFLAGS.RF, and has Java look at its one instruction, unless a
     * look at its operand is enough.
     */
    private static void emitCare(final CodeBuilder c, final Label count) {
        final Label java = c.newLabel("java");
        final Label operand = c.newLabel("operand");
        final Label waits = c.newLabel("waits");
        final Label out = c.newLabel("out");
        c.mov(Width.QWORD, at(RCX, Shared.CURRENT), 0);
        c.push(RCX);
        c.call(count);
        c.pop(RCX);
        c.mov(R9, at(RCX, Shared.CURRENT));
        c.test(R9, R9);
        c.jcc(Cond.E, out);
        c.test(Width.DWORD, at(R9, BlockTable.FLAGS), BlockTable.RESUMES);
        c.jcc(Cond.E, operand);
        c.mov(RAX, at(RCX, Shared.ENV));
        c.and(Width.DWORD, at(RAX, Env.EFLAGS), ~Env.RESUME_FLAG);
        c.bind(operand);
        c.test(Width.DWORD, at(R9, BlockTable.FLAGS), BlockTable.SUPERVISED);
        c.jcc(Cond.NE, java);
        c.test(Width.DWORD, at(R9, BlockTable.FLAGS), BlockTable.WAITS);
        c.jcc(Cond.NE, waits);
        c.test(Width.DWORD, at(R9, BlockTable.FLAGS), BlockTable.ALIGNED);
        c.jcc(Cond.E, out);
        emitOperand(c);
        c.test(Reg32.EAX, Supervision.ALIGNMENT_MASK);
        c.jcc(Cond.NE, java);
        c.bind(out);
        c.ret();
        c.bind(java);
        c.push(RCX);
        c.call(at(RCX, Shared.UPCALL_SUPERVISE));
        c.pop(RCX);
        c.test(Reg32.EAX, Reg32.EAX);
        c.jcc(Cond.S, out);
        emitRaise(c);
        c.bind(waits);
        c.mov(RDI, at(RCX, Shared.ENV));
        // Where the unit is not available that comes first, and the block says it.
        c.test(Width.DWORD, at(RDI, Env.CR), Supervision.CR0_EM_TS);
        c.jcc(Cond.NE, out);
        X87Stubs.emitDue(c, out);
        c.mov(RCX, at(RDI, Env.SHARED));
        c.mov(Reg32.EAX, X87Stubs.VECTOR);
        emitRaise(c);
    }

    /** Raises an exception at RIP, with error code 0. In: eax = vector, rcx = Shared. */
    private static void emitRaise(final CodeBuilder c) {
        c.mov(RDI, at(RCX, Shared.ENV));
        c.mov(Reg32.ESI, Reg32.EAX);
        c.mov(RAX, at(RCX, Shared.RAISE_EXCEPTION));
        c.xor(Reg32.EDX, Reg32.EDX);
        c.xor(Reg32.ECX, Reg32.ECX);
        c.jmp(RAX);
    }

    /** rax = the memory operand's address, of which the low bits are right. In: rcx = Shared, r9 = the entry. */
    private static void emitOperand(final CodeBuilder c) {
        final Label[] absent = {c.newLabel("no_base"), c.newLabel("no_index"), c.newLabel("no_segment")};
        c.mov(R8, at(RCX, Shared.ENV));
        c.mov(Reg32.EAX, at(R9, BlockTable.DISPLACEMENT));
        c.movzx(Reg32.EDX, Width.BYTE, at(R9, BlockTable.BASE));
        c.cmp(Reg32.EDX, BlockTable.NO_REGISTER);
        c.jcc(Cond.E, absent[0]);
        c.add(Reg32.EAX, at(R8, RDX, Long.BYTES, Env.REGS));
        c.bind(absent[0]);
        c.movzx(Reg32.EDX, Width.BYTE, at(R9, BlockTable.INDEX));
        c.cmp(Reg32.EDX, BlockTable.NO_REGISTER);
        c.jcc(Cond.E, absent[1]);
        c.mov(Reg32.EDX, at(R8, RDX, Long.BYTES, Env.REGS));
        c.movzx(Reg32.ECX, Width.BYTE, at(R9, BlockTable.SCALE));
        c.shlCl(Reg32.EDX);
        c.add(Reg32.EAX, Reg32.EDX);
        c.bind(absent[1]);
        c.movzx(Reg32.EDX, Width.BYTE, at(R9, BlockTable.SEGMENT));
        c.cmp(Reg32.EDX, BlockTable.NO_REGISTER);
        c.jcc(Cond.E, absent[2]);
        c.imul(Reg32.EDX, Reg32.EDX, Env.SEG_BYTES);
        c.add(Reg32.EAX, at(R8, RDX, 1, Env.SEGS + Env.SEG_BASE));
        c.bind(absent[2]);
        c.mov(RCX, at(R8, Env.SHARED));
    }

    /**
     * The block is one repeated string instruction: entered again and again, it counts, and is looked at where it has
     * to be, when first entered, and the block that entered it stays the current one. A repetition costs no cycle, but
     * a step of the budget, and so the next question comes a cycle earlier.
     */
    private static void emitRepeat(final CodeBuilder c, final Label repeat, final Label care, final Label count,
            final Label attention, final Label question) {
        final Label ask = c.newLabel("ask");
        final Label first = c.newLabel("first");
        final Label again = c.newLabel("again");
        c.bind(repeat);
        c.mov(RAX, at(RCX, Shared.CURRENT));
        c.test(RAX, RAX);
        c.jcc(Cond.E, first);
        c.cmp(RSI, at(RAX, BlockTable.LAST_REPEAT));
        c.jcc(Cond.E, again);
        c.bind(first);
        c.test(Width.DWORD, at(R9, BlockTable.FLAGS), ~BlockTable.STARTS_WITH_REPEAT);
        c.jcc(Cond.E, count);
        c.jmp(care);
        c.bind(again);
        c.inc(Width.QWORD, at(RCX, Shared.REPETITIONS));
        emitEarlier(c, Shared.DEADLINE);
        emitEarlier(c, Shared.ATTENTION);
        c.test(Width.DWORD, at(RCX, Shared.REPETITIONS), Shared.REPETITIONS_BETWEEN_QUESTIONS - 1);
        c.jcc(Cond.E, ask);
        c.mov(Reg32.EDX, 1);
        c.mov(RAX, at(RCX, Shared.CYCLES));
        c.cmp(RAX, at(RCX, Shared.ATTENTION));
        c.jcc(Cond.AE, attention);
        c.ret();
        c.bind(ask);
        c.mov(Reg32.EDX, 1);
        c.jmp(question);
    }

    private static void emitEarlier(final CodeBuilder c, final int cycle) {
        final Label atOnce = c.newLabel();
        c.cmp(Width.QWORD, at(RCX, cycle), 0);
        c.jcc(Cond.E, atOnce);
        c.sub(Width.QWORD, at(RCX, cycle), 1);
        c.bind(atOnce);
    }

    /**
     * edx = whether the block goes on with a repeated instruction that is counted already. An interrupt that waits
     * while the CPU would not take it is no reason to ask.
     */
    private static void emitAttention(
            final CodeBuilder c, final Label attention, final Label question, final Label add) {
        final Label proceed = c.newLabel("proceed");
        final Label leave = c.newLabel("leave");
        final Label nmi = c.newLabel("nmi");
        final Label trap = c.newLabel("trap");
        c.bind(attention);
        c.cmp(RAX, at(RCX, Shared.DEADLINE));
        c.jcc(Cond.AE, question);
        c.mov(RAX, at(RCX, Shared.ENV));
        c.test(Width.DWORD, at(RAX, Env.HFLAGS), Env.HF_INHIBIT_IRQ);
        c.jcc(Cond.NE, proceed);
        c.test(Width.DWORD, at(RCX, Shared.PENDING), EngineCallbacks.INTERRUPTS);
        c.jcc(Cond.E, nmi);
        c.test(Width.DWORD, at(RAX, Env.EFLAGS), Env.INTERRUPT_FLAG);
        c.jcc(Cond.NE, question);
        c.bind(nmi);
        c.test(Width.DWORD, at(RCX, Shared.PENDING), EngineCallbacks.NMI);
        c.jcc(Cond.E, proceed);
        c.test(Width.DWORD, at(RAX, Env.HFLAGS2), Env.HF2_NMI);
        c.jcc(Cond.NE, proceed);
        c.bind(question);
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
        c.cmp(Reg32.EAX, StubServices.TRAP);
        c.jcc(Cond.E, trap);
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
        c.bind(trap);
        c.mov(Reg32.EAX, DEBUG);
        emitRaise(c);
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
}
