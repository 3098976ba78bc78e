package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDX;

import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;

/** Records a data access. */
final class MemoryStub {
    private static final int MEMORY_READ = 16;

    private MemoryStub() {
    }

    /** In: esi = type, rdx = physical address, ecx = size, r9 = Shared. */
    static void emit(final CodeBuilder c) {
        final Label write = c.newLabel("write");
        final Label store = c.newLabel("store");
        final Label full = c.newLabel("full");
        final Label unknown = c.newLabel("page_unknown");
        c.cmp(Reg32.ESI, MEMORY_READ);
        c.jcc(Cond.NE, write);
        c.mov(RAX, (long) RingRecord.READ << RingRecord.KIND_SHIFT);
        c.jmp(store);
        c.bind(write);
        c.mov(RAX, (long) RingRecord.WRITE << RingRecord.KIND_SHIFT);
        c.bind(store);
        c.mov(Reg32.ECX, Reg32.ECX);
        c.or(RAX, RCX);
        c.mov(R8, at(R9, Shared.ACCESSED));
        c.test(R8, R8);
        c.jcc(Cond.E, unknown);
        c.mov(Width.QWORD, at(R9, Shared.ACCESSED), 0);
        AccessStubs.emitPage(c, R8);
        c.or(RAX, R8);
        c.mov(R8, RingRecord.PAGE_KNOWN);
        c.or(RAX, R8);
        c.bind(unknown);
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
