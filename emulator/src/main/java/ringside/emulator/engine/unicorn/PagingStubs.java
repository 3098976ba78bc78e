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
import ringside.emulator.event.TranslationDrop;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * Records what the library's page walk finds, as it finds it: the entries that it reads are noted one by one, and when
 * it enters the page in its TLB they become a record, with size and G bit. And what instructions drop from a TLB.
 *
 * <p>The library enters a page once between two flushes, so this costs nothing that a run could feel; while nobody
 * listens it is a comparison an entry.
 */
final class PagingStubs {
    private static final int CR3_AT = Env.CR + 3 * Long.BYTES;
    private static final int CR4_AT = Env.CR + 4 * Long.BYTES;
    private static final int GLOBAL_PAGES = 1 << 7;
    private static final int PROCESS_CONTEXTS = 1 << 17;
    private static final int ENTRY_GLOBAL = 1 << 8;

    private PagingStubs() {
    }

    static List<Interposition> all() {
        return List.of(new Interposition("helper_invlpg_x86_64", PagingStubs::emitInvalidate));
    }

    /** The page walk reads an entry. In: rdi = cpu, rsi = its physical address. Destroys rax, rcx. */
    static void emitEntry(final CodeBuilder c) {
        final Label nobody = c.newLabel("nobody_hears_of_entries");
        emitObserved(c, nobody);
        c.mov(Reg32.ECX, at(RAX, Shared.WALK_COUNT));
        c.cmp(Reg32.ECX, RingRecord.MOST_ENTRIES);
        c.jcc(Cond.AE, nobody);
        c.mov(at(RAX, RCX, Long.BYTES, Shared.WALK), RSI);
        c.inc(Width.DWORD, at(RAX, Shared.WALK_COUNT));
        c.bind(nobody);
    }

    /**
     * The page walk found a frame: {@code (cpu, virtual, physical, attributes, rights, regime, size)}, the stack as on
     * entry. Keeps all of it; destroys rax, r10, r11.
     */
    static void emitFound(final CodeBuilder c) {
        final Label nobody = c.newLabel("nobody_hears_of_pages");
        final int size = 8;
        emitObserved(c, nobody);
        c.mov(R10, at(RAX, Shared.RING_NEXT));
        c.mov(R11, at(RSP, size));
        c.shr(R11, CodeStubs.PAGE_SHIFT);
        c.mov(at(R10), Reg32.R11D);
        c.mov(Reg32.R11D, at(RAX, Shared.WALK_COUNT));
        c.shl(Reg32.R11D, RingRecord.COUNT_SHIFT);
        c.or(Reg32.R11D, RingRecord.TRANSLATION << RingRecord.KIND_SHIFT - Integer.SIZE);
        c.mov(at(R10, Integer.BYTES), Reg32.R11D);
        emitSpace(c);
        emitGlobal(c);
        c.mov(at(R10, Long.BYTES), RSI);
        c.mov(at(R10, 2 * Long.BYTES), RDX);
        c.mov(R11, at(RAX, Shared.EXTENDED_TABLES));
        c.mov(at(R10, 3 * Long.BYTES), R11);
        for (int i = 0; i < RingRecord.MOST_ENTRIES; i++) {
            c.mov(R11, at(RAX, Shared.WALK + i * Long.BYTES));
            c.mov(at(R10, (4 + i) * Long.BYTES), R11);
        }
        c.add(R10, RingRecord.TRANSLATION_RECORDS * RingRecord.BYTES);
        c.mov(at(RAX, Shared.RING_NEXT), R10);
        c.cmp(R10, at(RAX, Shared.RING_LIMIT));
        c.jcc(Cond.B, nobody);
        emitDrain(c);
        c.bind(nobody);
    }

    /** The process-context identifier, where there are any. In: rdi = cpu, r10 = the record. */
    private static void emitSpace(final CodeBuilder c) {
        final Label none = c.newLabel("one_space");
        Interposition.emitEnvOfCpu(c, R11, RDI);
        c.test(Width.DWORD, at(R11, CR4_AT), PROCESS_CONTEXTS);
        c.jcc(Cond.E, none);
        c.mov(Reg32.R11D, at(R11, CR3_AT));
        c.and(Reg32.R11D, RingRecord.SPACE_MASK);
        c.or(at(R10, Integer.BYTES), Reg32.R11D);
        c.bind(none);
    }

    /** Whether the entry that was read last is global. In: rdi = cpu, rax = Shared, r10 = the record. */
    private static void emitGlobal(final CodeBuilder c) {
        final Label none = c.newLabel("not_global");
        Interposition.emitEnvOfCpu(c, R11, RDI);
        c.test(Width.DWORD, at(R11, CR4_AT), GLOBAL_PAGES);
        c.jcc(Cond.E, none);
        c.mov(Reg32.R11D, at(RAX, Shared.WALK_COUNT));
        c.test(Reg32.R11D, Reg32.R11D);
        c.jcc(Cond.E, none);
        c.mov(R11, at(RAX, R11, Long.BYTES, Shared.WALK - Long.BYTES));
        c.shr(R11, CodeStubs.PAGE_SHIFT);
        c.cmp(R11, at(RAX, Shared.RAM_PAGES));
        c.jcc(Cond.AE, none);
        c.mov(Reg32.R11D, at(RAX, Shared.WALK_COUNT));
        c.mov(R11, at(RAX, R11, Long.BYTES, Shared.WALK - Long.BYTES));
        c.add(R11, at(RAX, Shared.RAM_BASE));
        c.test(Width.DWORD, at(R11), ENTRY_GLOBAL);
        c.jcc(Cond.E, none);
        c.or(Width.DWORD, at(R10, Integer.BYTES), RingRecord.GLOBAL);
        c.bind(none);
    }

    private static void emitDrain(final CodeBuilder c) {
        final List<Reg64> kept = List.of(RDI, RSI, RDX, RCX, R8, R9);
        kept.forEach(c::push);
        c.sub(RSP, Long.BYTES);
        c.call(at(RAX, Shared.UPCALL_DRAIN));
        c.add(RSP, Long.BYTES);
        kept.reversed().forEach(c::pop);
    }

    /** rax = Shared, or on where nobody hears of translations. In: rdi = cpu. */
    private static void emitObserved(final CodeBuilder c, final Label nobody) {
        Interposition.emitEnvOfCpu(c, RAX, RDI);
        c.mov(RAX, at(RAX, Env.SHARED));
        c.test(RAX, RAX);
        c.jcc(Cond.E, nobody);
        c.cmp(Width.DWORD, at(RAX, Shared.TRANSLATIONS_OBSERVED), 0);
        c.jcc(Cond.E, nobody);
    }

    /** CR3 is being written. In: rax = Shared, rdi = env, rsi = value; keeps them. */
    static void emitRootWritten(final CodeBuilder c) {
        final Label nobody = c.newLabel("nobody_hears_of_roots");
        final Label whole = c.newLabel("with_identifier");
        c.cmp(Width.DWORD, at(RAX, Shared.TRANSLATIONS_OBSERVED), 0);
        c.jcc(Cond.E, nobody);
        // NONE comes right behind SPACE.
        c.mov(Reg32.R8D, at(RAX, Shared.KEEPS));
        c.mov(Width.DWORD, at(RAX, Shared.KEEPS), 0);
        c.mov(RCX, RingRecord.head(RingRecord.DROP, 0, TranslationDrop.SPACE.ordinal()));
        c.add(RCX, R8);
        c.mov(RDX, RSI);
        c.test(Width.DWORD, at(RDI, CR4_AT), PROCESS_CONTEXTS);
        c.jcc(Cond.NE, whole);
        c.and(RDX, -1L << CodeStubs.PAGE_SHIFT);
        c.bind(whole);
        emitDrop(c);
        c.bind(nobody);
    }

    /** {@code void helper_invlpg(env, address)}. */
    private static void emitInvalidate(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        Interposition.emitShared(c, RAX);
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        c.cmp(Width.DWORD, at(RAX, Shared.TRANSLATIONS_OBSERVED), 0);
        c.jcc(Cond.E, library);
        c.mov(RCX, RingRecord.head(RingRecord.DROP, 0, TranslationDrop.PAGE.ordinal()));
        c.mov(RDX, RSI);
        emitDrop(c);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_invlpg_x86_64"));
    }

    /** In: rax = Shared, rcx, rdx = the record. Destroys r8. */
    private static void emitDrop(final CodeBuilder c) {
        c.mov(R8, at(RAX, Shared.RING_NEXT));
        c.mov(at(R8), RCX);
        c.mov(at(R8, Long.BYTES), RDX);
        c.add(Width.QWORD, at(RAX, Shared.RING_NEXT), RingRecord.BYTES);
    }
}
