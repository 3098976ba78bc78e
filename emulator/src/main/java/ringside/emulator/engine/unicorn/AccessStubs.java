package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R10;
import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/**
 * The helpers that loads and stores go through while memory is observed, and stores that the TLB has a trap on: where
 * the TLB knows the page as plain RAM, the access is recorded if need be and done here. Everything else is the
 * library's, and {@link MemoryStub} records it.
 *
 * <p>The library's own way restores the guest's state from the translation before each hook, and searches its maps at
 * each trap, which costs more than all of this. Nothing here can fault.
 */
final class AccessStubs {
    /** Of the fast part of the TLB, from the CPU state: for each translation regime its mask and its table. */
    private static final int TLB_MASK = -0x40;
    private static final int TLB_TABLE = -0x38;
    private static final int TLB_SHIFT = 4;
    private static final int ENTRY_READ = 0;
    private static final int ENTRY_WRITE = 8;
    private static final int ENTRY_PHYSICAL = 24;
    private static final int ENTRY_ADDEND = 32;
    private static final int ENTRY_SHIFT = 6;
    private static final int PAGE_SHIFT = CodeStubs.PAGE_SHIFT;
    private static final int PAGE_MASK = CodeStubs.PAGE_MASK;
    /** In an entry's address for stores: the library is to look at each. */
    private static final int TRAP = 1 << 10;

    /** In the operand word: the translation regime, and whether the access must be aligned. */
    private static final int REGIME = 15;
    private static final int MUST_ALIGN = 7 << 8;

    /** The engine's handle in the CPU state, and in it the size of the access that is being done in two parts. */
    static final int ENV_UC = 0x1b58;
    static final int UC_SPLIT_ACCESS = 0x568;

    private AccessStubs() {
    }

    /** {@return the stubs} */
    static List<Interposition> all() {
        return Stream.of(
                load("helper_ret_ldub_mmu_x86_64", Width.BYTE), load("helper_le_lduw_mmu_x86_64", Width.WORD),
                load("helper_le_ldul_mmu_x86_64", Width.DWORD), load("helper_le_ldq_mmu_x86_64", Width.QWORD),
                store("helper_ret_stb_mmu_x86_64", Width.BYTE), store("helper_le_stw_mmu_x86_64", Width.WORD),
                store("helper_le_stl_mmu_x86_64", Width.DWORD), store("helper_le_stq_mmu_x86_64", Width.QWORD))
                .toList();
    }

    private static Interposition load(final String symbol, final Width width) {
        return new Interposition(symbol, (c, originals) -> emitLoad(c, originals, symbol, width));
    }

    private static Interposition store(final String symbol, final Width width) {
        return new Interposition(symbol, (c, originals) -> emitStore(c, originals, symbol, width));
    }

    /** In: rdi = env, rsi = virtual address, edx = operand word, rcx = place in the translation. Out: rax = value. */
    private static void emitLoad(
            final CodeBuilder c, final ToLongFunction<String> originals, final String symbol, final Width width) {
        final Label slow = c.newLabel("slow");
        final Label full = c.newLabel("full");
        final Label other = c.newLabel("not_wanted");
        emitFind(c, slow, Reg32.EDX, ENTRY_READ, width);
        c.mov(R11, at(R10, ENTRY_ADDEND));
        c.add(R11, RSI);
        emitWanted(c, other);
        emitRecord(c, RingRecord.READ, width);
        emitValue(c, width);
        c.cmp(R10, at(R8, Shared.RING_LIMIT));
        c.jcc(Cond.AE, full);
        c.ret();
        c.bind(full);
        c.push(RAX);
        c.call(at(R8, Shared.UPCALL_DRAIN));
        c.pop(RAX);
        c.ret();
        c.bind(other);
        emitValue(c, width);
        c.ret();
        c.bind(slow);
        emitKeepAddress(c);
        emitLibraryLoad(c, originals.applyAsLong(symbol));
    }

    /** In: r11 = where the value is. Out: eax or rax = it. */
    private static void emitValue(final CodeBuilder c, final Width width) {
        switch (width) {
            case BYTE, WORD -> c.movzx(Reg32.EAX, width, at(R11));
            case DWORD -> c.mov(Reg32.EAX, at(R11));
            default -> c.mov(RAX, at(R11));
        }
    }

    /**
     * Leaves for {@code other} where nobody wants to hear of the page. In: r8 = Shared, r10 = the entry. Destroys rax.
     */
    private static void emitWanted(final CodeBuilder c, final Label other) {
        c.mov(RAX, at(R10, ENTRY_PHYSICAL));
        c.and(RAX, ~(long) PAGE_MASK);
        c.cmp(RAX, at(R8, Shared.RECORDED_BEGIN));
        c.jcc(Cond.B, other);
        c.cmp(RAX, at(R8, Shared.RECORDED_END));
        c.jcc(Cond.A, other);
    }

    /**
     * Before a hook the library puts RIP back to the instruction that loads. A far return in real or virtual-8086
     * mode has set RIP already when it loads CS, so RIP is kept here.
     */
    private static void emitLibraryLoad(final CodeBuilder c, final long function) {
        final int padding = 8;
        final int virtual8086 = 1 << 17;
        final Label real = c.newLabel("real");
        c.test(Width.DWORD, at(RDI, Env.HFLAGS), Env.HF_PE);
        c.jcc(Cond.E, real);
        c.test(Width.DWORD, at(RDI, Env.EFLAGS), virtual8086);
        c.jcc(Cond.NE, real);
        Interposition.emitGoOn(c, function);
        c.bind(real);
        c.push(RDI);
        c.push(at(RDI, Env.EIP));
        c.sub(RSP, padding);
        c.mov(R11, function);
        c.call(R11);
        c.add(RSP, padding);
        c.pop(RDX);
        c.pop(RDI);
        c.mov(at(RDI, Env.EIP), RDX);
        c.ret();
    }

    /** In: rdi = env, rsi = virtual address, rdx = value, ecx = operand word, r8 = place in the translation. */
    private static void emitStore(
            final CodeBuilder c, final ToLongFunction<String> originals, final String symbol, final Width width) {
        final Label slow = c.newLabel("slow");
        final Label known = c.newLabel("known");
        final Label plain = c.newLabel("plain");
        final Label full = c.newLabel("full");
        final Label other = c.newLabel("not_wanted");
        c.push(R8);
        emitEntry(c, slow, Reg32.ECX, width);
        c.cmp(R11, at(R10, ENTRY_WRITE));
        c.jcc(Cond.E, known);
        c.or(R11, TRAP);
        c.cmp(R11, at(R10, ENTRY_WRITE));
        c.jcc(Cond.NE, slow);
        emitTrap(c, slow, width);
        c.bind(known);
        c.cmp(Width.DWORD, at(R8, Shared.MEMORY_OBSERVED), 0);
        c.jcc(Cond.E, plain);
        emitNotSplit(c, slow);
        c.pop(R11);
        c.mov(R11, at(R10, ENTRY_ADDEND));
        c.mov(at(R11, RSI, 1, 0), low(width));
        emitWanted(c, other);
        emitRecord(c, RingRecord.WRITE, width);
        c.cmp(R10, at(R8, Shared.RING_LIMIT));
        c.jcc(Cond.AE, full);
        c.bind(other);
        c.ret();
        c.bind(full);
        c.jmp(at(R8, Shared.UPCALL_DRAIN));
        c.bind(plain);
        c.pop(R11);
        c.mov(R11, at(R10, ENTRY_ADDEND));
        c.mov(at(R11, RSI, 1, 0), low(width));
        c.ret();
        c.bind(slow);
        emitKeepAddress(c);
        c.pop(R8);
        Interposition.emitGoOn(c, originals.applyAsLong(symbol));
    }

    /**
     * A store that the TLB has a trap on: the page counts as written. Where nobody translated from it the trap is taken
     * off; where somebody did it stays, and a store into a translation leaves for {@code slow}.
     *
     * <p>In: r8 = Shared, r10 = the entry, rsi = virtual address; keeps rcx, rdx, rsi, rdi. Destroys rax, r9, r11.
     */
    private static void emitTrap(final CodeBuilder c, final Label slow, final Width width) {
        final Label code = c.newLabel("code");
        final Label dirty = c.newLabel("dirty");
        c.mov(R9, at(R10, ENTRY_PHYSICAL));
        c.shr(R9, PAGE_SHIFT);
        c.cmp(R9, at(R8, Shared.RAM_PAGES));
        c.jcc(Cond.AE, slow);
        c.mov(R11, at(R8, Shared.CODE_SETS));
        c.cmp(Width.QWORD, at(R11, R9, Long.BYTES, 0), 0);
        c.jcc(Cond.NE, code);
        c.and(Width.QWORD, at(R10, ENTRY_WRITE), ~TRAP);
        c.bind(dirty);
        CodeStubs.emitDirty(c, R8, R9, R11);
        final Label done = c.newLabel("done");
        c.jmp(done);
        c.bind(code);
        c.mov(R11, RCX);
        c.mov(Reg32.ECX, Reg32.ESI);
        c.and(Reg32.ECX, PAGE_MASK);
        c.or(RCX, at(R10, ENTRY_PHYSICAL));
        CodeStubs.emitBits(c, RAX, R8);
        c.mov(RCX, R11);
        c.test(Reg32.EAX, (1 << width.bytes()) - 1);
        c.jcc(Cond.NE, slow);
        c.mov(R11, RSI);
        c.and(Reg32.R11D, PAGE_MASK);
        c.or(R11, at(R10, ENTRY_PHYSICAL));
        CodeStubs.emitWatched(c, RAX, R8, R11, width.bytes());
        c.jmp(dirty);
        c.bind(done);
    }

    /**
     * Keeps the virtual address for {@link MemoryStub}, which the library calls once for an access that it then does in
     * parts. In: rdi = env, rsi = it, r8 = Shared or 0. Destroys rax.
     */
    private static void emitKeepAddress(final CodeBuilder c) {
        final Label none = c.newLabel("not_kept");
        c.test(R8, R8);
        c.jcc(Cond.E, none);
        emitNotSplit(c, none);
        c.mov(at(R8, Shared.ACCESSED), RSI);
        c.bind(none);
    }

    /** {@code into} = the virtual page's part of a record's head. */
    static void emitPage(final CodeBuilder c, final Reg64 into) {
        final int above = Long.SIZE - PAGE_SHIFT - RingRecord.PAGE_BITS;
        c.shl(into, above);
        c.shr(into, above + PAGE_SHIFT);
        c.shl(into, RingRecord.PAGE_SHIFT);
    }

    private static Reg low(final Width width) {
        return switch (width) {
            case BYTE -> Reg8.DL;
            case WORD -> Reg16.DX;
            case DWORD -> Reg32.EDX;
            case QWORD -> RDX;
        };
    }

    /**
     * Finds the TLB's entry for an observed access, or leaves for {@code slow}: memory is not observed, the access is
     * one part of another, or is not plain RAM that the TLB knows.
     *
     * <p>Out: r8 = Shared, r10 = the entry. Destroys rax, r9, r11.
     */
    private static void emitFind(
            final CodeBuilder c, final Label slow, final Reg32 operand, final int which, final Width width) {
        emitEntry(c, slow, operand, width);
        c.cmp(R11, at(R10, which));
        c.jcc(Cond.NE, slow);
        c.cmp(Width.DWORD, at(R8, Shared.MEMORY_OBSERVED), 0);
        c.jcc(Cond.E, slow);
        emitNotSplit(c, slow);
    }

    /** Leaves for {@code slow} where the access is one part of another. Destroys rax. */
    private static void emitNotSplit(final CodeBuilder c, final Label slow) {
        c.mov(RAX, at(RDI, ENV_UC));
        c.cmp(Width.DWORD, at(RAX, UC_SPLIT_ACCESS), 0);
        c.jcc(Cond.NE, slow);
    }

    /**
     * Finds the place in the TLB where an access's entry would be, or leaves for {@code slow}: the access must be
     * aligned.
     *
     * <p>Out: r8 = Shared, r10 = the entry, r11 = the page of the access's last byte, which an entry for it is tagged
     * with; a tag of another page, as when the access crosses one, is a miss. Destroys rax.
     */
    private static void emitEntry(
            final CodeBuilder c, final Label slow, final Reg32 operand, final Width width) {
        Interposition.emitShared(c, R8);
        c.test(R8, R8);
        c.jcc(Cond.E, slow);
        c.test(operand, MUST_ALIGN);
        c.jcc(Cond.NE, slow);
        c.mov(Reg32.EAX, operand);
        c.and(Reg32.EAX, REGIME);
        c.shl(Reg32.EAX, TLB_SHIFT);
        c.add(RAX, RDI);
        c.mov(R10, RSI);
        c.shr(R10, PAGE_SHIFT - ENTRY_SHIFT);
        c.and(R10, at(RAX, TLB_MASK));
        c.add(R10, at(RAX, TLB_TABLE));
        c.lea(R11, at(RSI, width.bytes() - 1));
        c.and(R11, ~(long) PAGE_MASK);
    }

    /**
     * In: r8 = Shared, r10 = the TLB's entry, rsi = virtual address. Out: r10 = where the next record goes. Destroys
     * rax, rdx, rsi, r9.
     */
    private static void emitRecord(final CodeBuilder c, final int kind, final Width width) {
        c.mov(R9, at(R8, Shared.RING_NEXT));
        c.mov(RAX, RingRecord.head(kind, 0, width.bytes()) | RingRecord.PAGE_KNOWN);
        c.mov(RDX, RSI);
        emitPage(c, RDX);
        c.or(RAX, RDX);
        c.mov(at(R9), RAX);
        c.and(Reg32.ESI, PAGE_MASK);
        c.or(RSI, at(R10, ENTRY_PHYSICAL));
        c.mov(at(R9, Long.BYTES), RSI);
        c.lea(R10, at(R9, RingRecord.BYTES));
        c.mov(at(R8, Shared.RING_NEXT), R10);
    }
}
