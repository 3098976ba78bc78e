package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R10;
import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.util.List;
import java.util.function.ToLongFunction;
import ringside.emulator.memory.DirtyPages;
import ringside.emulator.memory.StoreWatch;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * Where the library translates code, where it stores to RAM without the TLB's consent, and where it decides whether a
 * page may be stored to without asking again: here {@link ringside.emulator.memory.GuestRam}'s maps are kept and asked.
 *
 * <p>The library knows its own CPU's translations alone, and takes a page for free of code when the TLB entry that
 * stores to it is not an executable one, which an alias never is. So its decision counts only where the maps, which
 * every CPU and every alias share, know of no code.
 */
final class CodeStubs {
    static final int PAGE_SHIFT = 12;
    static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    /** Of a translation: address, bytes of guest code, and the physical pages that they lie in (-1: none). */
    private static final int BLOCK_PC = 0;
    private static final int BLOCK_SIZE = 20;
    private static final int BLOCK_PAGE = 72;
    private static final int BLOCK_SECOND_PAGE = 80;

    /** The longest store whose bits are looked at; a longer one counts as a store to code. */
    private static final int LONGEST_STORE = 8;
    private static final int BITS_OF_PAGE_SHIFT = 9;
    private static final int[] REP_STOSQ = {0xF3, 0x48, 0xAB};

    private CodeStubs() {
    }

    /** {@return the stubs} */
    static List<Interposition> all() {
        return List.of(
                new Interposition("tb_gen_code_x86_64", CodeStubs::emitTranslate),
                new Interposition("tb_invalidate_phys_page_fast_x86_64", CodeStubs::emitStore),
                new Interposition("tlb_unprotect_code_x86_64", CodeStubs::emitNoCodeLeft),
                new Interposition("tlb_set_dirty_x86_64", CodeStubs::emitNoTrap),
                new Interposition("x86_stl_phys_notdirty_x86_64", CodeStubs::emitPageWalk));
    }

    /** {@code TranslationBlock *(cpu, pc, cs_base, flags, cflags)}: enters what it returns in the maps. */
    private static void emitTranslate(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label done = c.newLabel("done");
        final Label sized = c.newLabel("sized");
        final Label mark = c.newLabel("mark");
        c.push(RBX);
        c.mov(RBX, RDI);
        c.mov(R11, originals.applyAsLong("tb_gen_code_x86_64"));
        c.call(R11);
        Interposition.emitEnvOfCpu(c, RDI, RBX);
        Interposition.emitShared(c, R8);
        c.test(R8, R8);
        c.jcc(Cond.E, done);
        c.mov(RCX, at(RAX, BLOCK_PAGE));
        c.cmp(RCX, -1);
        c.jcc(Cond.E, done);
        c.movzx(Reg32.EDX, Width.WORD, at(RAX, BLOCK_SIZE));
        c.test(Reg32.EDX, Reg32.EDX);
        c.jcc(Cond.NE, sized);
        c.mov(Reg32.EDX, 1);
        c.bind(sized);
        c.mov(Reg32.R9D, at(RAX, BLOCK_PC));
        c.and(Reg32.R9D, PAGE_MASK);
        c.mov(Reg32.R10D, PAGE_MASK + 1);
        c.sub(Reg32.R10D, Reg32.R9D);
        c.cmp(Reg32.R10D, Reg32.EDX);
        c.cmovcc(Cond.A, Reg32.R10D, Reg32.EDX);
        c.sub(Reg32.EDX, Reg32.R10D);
        c.add(RCX, R9);
        c.call(mark);
        c.test(Reg32.EDX, Reg32.EDX);
        c.jcc(Cond.E, done);
        c.mov(RCX, at(RAX, BLOCK_SECOND_PAGE));
        c.cmp(RCX, -1);
        c.jcc(Cond.E, done);
        c.mov(Reg32.R10D, Reg32.EDX);
        c.call(mark);
        c.bind(done);
        c.pop(RBX);
        c.ret();
        emitMark(c, mark);
    }

    /**
     * Marks bytes as translated by this CPU. In: rcx = physical address, r10 = how many, r8 = Shared; keeps rax, rdx,
     * r8. The stack is 8 below a multiple of 16.
     */
    private static void emitMark(final CodeBuilder c, final Label mark) {
        final Label next = c.newLabel("next");
        final Label out = c.newLabel("out");
        c.bind(mark);
        c.mov(R11, RCX);
        c.shr(R11, PAGE_SHIFT);
        c.cmp(R11, at(R8, Shared.RAM_PAGES));
        c.jcc(Cond.AE, out);
        c.mov(RSI, at(R8, Shared.CODE_BITS));
        c.bind(next);
        c.bts(at(RSI), RCX);
        c.inc(RCX);
        c.dec(R10);
        c.jcc(Cond.NE, next);
        c.mov(RSI, at(R8, Shared.CODE_SETS));
        c.mov(R9, at(RSI, R11, Long.BYTES, 0));
        c.mov(RDI, at(R8, Shared.CODE_PLACE));
        c.or(at(RSI, R11, Long.BYTES, 0), RDI);
        c.test(R9, R9);
        c.jcc(Cond.NE, out);
        c.push(RAX);
        c.push(RDX);
        c.push(R8);
        c.mov(RDI, R11);
        c.call(at(R8, Shared.UPCALL_CODE_APPEARED));
        c.pop(R8);
        c.pop(RDX);
        c.pop(RAX);
        c.bind(out);
        c.ret();
    }

    /**
     * {@code void (uc, pages, physical, bytes, place)}: before every store that the TLB has a trap on. Goes on to the
     * library only where the store hits code, and has other CPUs forget it first.
     */
    private static void emitStore(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label goOn = c.newLabel("go_on");
        final Label hit = c.newLabel("hit");
        final Label nothing = c.newLabel("nothing");
        Interposition.emitEnvOfUc(c, R9, RDI);
        c.mov(R9, at(R9, Env.SHARED));
        c.test(R9, R9);
        c.jcc(Cond.E, goOn);
        c.mov(R10, RDX);
        c.shr(R10, PAGE_SHIFT);
        c.cmp(R10, at(R9, Shared.RAM_PAGES));
        c.jcc(Cond.AE, goOn);
        c.mov(Reg32.ECX, Reg32.ECX);
        c.mov(R11, RDX);
        emitWatched(c, RAX, R9, R11, 0);
        c.mov(R11, at(R9, Shared.CODE_SETS));
        c.mov(R11, at(R11, R10, Long.BYTES, 0));
        c.mov(at(R9, Shared.CODE_THERE), R11);
        emitDirty(c, R9, R10, R11);
        c.cmp(Width.QWORD, at(R9, Shared.CODE_THERE), 0);
        c.jcc(Cond.E, nothing);
        c.cmp(Reg32.ECX, LONGEST_STORE);
        c.jcc(Cond.A, hit);
        c.mov(R10, RCX);
        c.mov(R11, 1);
        c.shlCl(R11);
        c.dec(R11);
        c.mov(RCX, RDX);
        emitBits(c, RAX, R9);
        c.mov(RCX, R10);
        c.test(RAX, R11);
        c.jcc(Cond.E, nothing);
        c.bind(hit);
        emitHit(c);
        c.bind(goOn);
        Interposition.emitGoOn(c, originals.applyAsLong("tb_invalidate_phys_page_fast_x86_64"));
        c.bind(nothing);
        c.ret();
    }

    /** Other CPUs forget, and the bits are cleared. In: rdx = physical, ecx = bytes; keeps the first five arguments. */
    private static void emitHit(final CodeBuilder c) {
        c.push(RDI);
        c.push(RSI);
        c.push(RDX);
        c.push(RCX);
        c.push(R8);
        c.mov(RDI, RDX);
        c.mov(Reg32.ESI, Reg32.ECX);
        c.call(at(R9, Shared.UPCALL_CODE_WRITTEN));
        c.pop(R8);
        c.pop(RCX);
        c.pop(RDX);
        c.pop(RSI);
        c.pop(RDI);
    }

    /** The bits from a byte of RAM on, 9 at least. In: rcx = physical, {@code shared}. Destroys rcx. */
    static void emitBits(final CodeBuilder c, final Reg64 into, final Reg64 shared) {
        c.mov(into, RCX);
        c.shr(into, 3);
        c.add(into, at(shared, Shared.CODE_BITS));
        c.movzx(into, Width.WORD, at(into));
        c.and(Reg32.ECX, 7);
        c.shrCl(into);
    }

    /**
     * Counts a store that is watched. In: {@code shared}, {@code physical}, destroyed as {@code scratch} is.
     *
     * @param bytes of the store; 0 for those in ecx
     */
    static void emitWatched(final CodeBuilder c, final Reg64 scratch, final Reg64 shared, final Reg64 physical,
            final int bytes) {
        final Label other = c.newLabel("not_watched");
        c.mov(scratch, at(shared, Shared.STORE_WATCH));
        c.cmp(physical, at(scratch, StoreWatch.LAST));
        c.jcc(Cond.A, other);
        if (bytes > 0) {
            c.add(physical, bytes - 1);
        } else {
            c.add(physical, RCX);
            c.dec(physical);
        }
        c.cmp(physical, at(scratch, StoreWatch.FIRST));
        c.jcc(Cond.B, other);
        c.inc(Width.QWORD, at(scratch, StoreWatch.COUNT));
        c.bind(other);
    }

    /** Takes note of a written page. In: {@code page}'s number, destroyed as {@code scratch} is. */
    static void emitDirty(final CodeBuilder c, final Reg64 shared, final Reg64 page, final Reg64 scratch) {
        c.mov(scratch, at(shared, Shared.DIRTY_PAGES));
        c.mov(Width.BYTE, at(scratch, page, 1, 0), 1);
        c.shr(page, DirtyPages.GROUP_SHIFT);
        c.mov(scratch, at(shared, Shared.DIRTY_GROUPS));
        c.mov(Width.BYTE, at(scratch, page, 1, 0), 1);
    }

    /** {@code void (uc, physical)}: this CPU holds no translation from a page any more. */
    private static void emitNoCodeLeft(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label done = c.newLabel("done");
        final int words = 1 << BITS_OF_PAGE_SHIFT - 3;
        Interposition.emitEnvOfUc(c, R9, RDI);
        c.mov(R9, at(R9, Env.SHARED));
        c.test(R9, R9);
        c.jcc(Cond.E, done);
        c.shr(RSI, PAGE_SHIFT);
        c.cmp(RSI, at(R9, Shared.RAM_PAGES));
        c.jcc(Cond.AE, done);
        c.mov(RDX, at(R9, Shared.CODE_PLACE));
        c.not(RDX);
        c.mov(R8, at(R9, Shared.CODE_SETS));
        c.and(at(R8, RSI, Long.BYTES, 0), RDX);
        c.jcc(Cond.NE, done);
        c.mov(RDI, RSI);
        c.shl(RDI, BITS_OF_PAGE_SHIFT);
        c.add(RDI, at(R9, Shared.CODE_BITS));
        c.mov(Reg32.ECX, words);
        c.xor(Reg32.EAX, Reg32.EAX);
        c.db(REP_STOSQ);
        c.bind(done);
        c.ret();
    }

    /** {@code void (cpu, virtual)}: takes the trap off a TLB entry, after the store that {@link #emitStore} saw. */
    private static void emitNoTrap(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label goOn = c.newLabel("go_on");
        Interposition.emitEnvOfCpu(c, R9, RDI);
        c.mov(R9, at(R9, Env.SHARED));
        c.test(R9, R9);
        c.jcc(Cond.E, goOn);
        c.cmp(Width.QWORD, at(R9, Shared.CODE_THERE), 0);
        c.jcc(Cond.E, goOn);
        c.ret();
        c.bind(goOn);
        Interposition.emitGoOn(c, originals.applyAsLong("tlb_set_dirty_x86_64"));
    }

    /** {@code void (cpu, physical, value)}: the page walk sets A or D, which the library takes for no store. */
    private static void emitPageWalk(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label goOn = c.newLabel("go_on");
        ExtendedPagingStubs.emitWrite(c);
        Interposition.emitEnvOfCpu(c, R9, RDI);
        c.mov(R9, at(R9, Env.SHARED));
        c.test(R9, R9);
        c.jcc(Cond.E, goOn);
        c.mov(R10, RSI);
        c.shr(R10, PAGE_SHIFT);
        c.cmp(R10, at(R9, Shared.RAM_PAGES));
        c.jcc(Cond.AE, goOn);
        emitDirty(c, R9, R10, R11);
        c.mov(R11, RSI);
        emitWatched(c, RAX, R9, R11, Integer.BYTES);
        c.bind(goOn);
        Interposition.emitGoOn(c, originals.applyAsLong("x86_stl_phys_notdirty_x86_64"));
    }
}
