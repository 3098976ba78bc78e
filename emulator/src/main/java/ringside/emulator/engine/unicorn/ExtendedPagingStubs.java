package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R10;
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
import ringside.emulator.engine.ExtendedPaging;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * Extended page tables between the page walk and memory: the entries that the walk reads and writes, and the frame that
 * it finds, are looked up once more ({@link ExtendedPagingServices}). The TLB then holds physical addresses, so nothing
 * behind it knows of these tables; and where there are none, a walk pays a comparison an entry.
 */
final class ExtendedPagingStubs {
    private static final int PAGE_MASK = CodeStubs.PAGE_MASK;

    private ExtendedPagingStubs() {
    }

    static List<Interposition> all() {
        return List.of(
                reading("x86_ldq_phys_x86_64"),
                reading("x86_ldl_phys_x86_64"),
                new Interposition("tlb_set_page_with_attrs_x86_64", ExtendedPagingStubs::emitEnter));
    }

    private static Interposition reading(final String symbol) {
        return new Interposition(symbol, (c, originals) -> emitRead(c, originals, symbol));
    }

    /** Keeps what the TLB is filled for; no entry has been read. In: rdi = cpu, ecx = the access. Destroys rax. */
    static void emitKeepAccess(final CodeBuilder c) {
        final Label without = c.newLabel("without_shared");
        Interposition.emitEnvOfCpu(c, RAX, RDI);
        c.mov(RAX, at(RAX, Env.SHARED));
        c.test(RAX, RAX);
        c.jcc(Cond.E, without);
        c.mov(at(RAX, Shared.ACCESS), Reg32.ECX);
        c.mov(Width.DWORD, at(RAX, Shared.WALK_COUNT), 0);
        c.bind(without);
    }

    /** {@code uint (cpu, address)}: the page walk reads an entry. */
    private static void emitRead(
            final CodeBuilder c, final ToLongFunction<String> originals, final String symbol) {
        final Label library = c.newLabel("library");
        emitShared(c, RAX, library);
        c.push(RDI);
        c.mov(RDI, RSI);
        c.mov(Reg32.ESI, ExtendedPaging.READ);
        c.call(at(RAX, Shared.UPCALL_TABLE_ACCESS));
        c.pop(RDI);
        c.mov(RSI, RAX);
        c.bind(library);
        PagingStubs.emitEntry(c);
        Interposition.emitGoOn(c, originals.applyAsLong(symbol));
    }

    /** The page walk is about to write an entry. In: rdi = cpu, rsi = address, rdx = value; out: rsi. Destroys rax. */
    static void emitWrite(final CodeBuilder c) {
        final Label none = c.newLabel("no_extended_tables");
        emitShared(c, RAX, none);
        c.push(RDI);
        c.push(RDX);
        c.sub(RSP, Long.BYTES);
        c.mov(RDI, RSI);
        c.mov(Reg32.ESI, ExtendedPaging.READ | ExtendedPaging.WRITE);
        c.call(at(RAX, Shared.UPCALL_TABLE_ACCESS));
        c.add(RSP, Long.BYTES);
        c.pop(RDX);
        c.pop(RDI);
        c.mov(RSI, RAX);
        c.bind(none);
    }

    /** {@code void (cpu, virtual, physical, attributes, rights, regime, size)}: the walk found a frame. */
    private static void emitEnter(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        emitShared(c, RAX, library);
        c.push(RDI);
        c.push(RSI);
        c.push(RCX);
        c.push(R8);
        c.push(R9);
        c.mov(RDI, RDX);
        c.mov(Reg32.ESI, Reg32.R8D);
        c.call(at(RAX, Shared.UPCALL_PAGE_ACCESS));
        c.pop(R9);
        c.pop(R8);
        c.pop(RCX);
        c.pop(RSI);
        c.pop(RDI);
        c.mov(Reg32.R8D, Reg32.EAX);
        c.and(Reg32.R8D, PAGE_MASK);
        c.mov(RDX, RAX);
        c.mov(R10, ~(long) PAGE_MASK);
        c.and(RDX, R10);
        c.bind(library);
        PagingStubs.emitFound(c);
        Interposition.emitGoOn(c, originals.applyAsLong("tlb_set_page_with_attrs_x86_64"));
    }

    /** {@code into} = Shared, or on where there are no extended page tables. In: rdi = cpu. */
    private static void emitShared(final CodeBuilder c, final Reg64 into, final Label none) {
        Interposition.emitEnvOfCpu(c, into, RDI);
        c.mov(into, at(into, Env.SHARED));
        c.test(into, into);
        c.jcc(Cond.E, none);
        c.cmp(Width.QWORD, at(into, Shared.EXTENDED_TABLES), 0);
        c.jcc(Cond.E, none);
    }
}
