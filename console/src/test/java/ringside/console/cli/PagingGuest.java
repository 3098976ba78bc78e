package ringside.console.cli;

import java.util.List;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;

/**
 * A guest that switches between two spaces with identifiers and loads from the same 512 small pages in both, each
 * eighth of them global, drops one of them now and then, and ends by HLT.
 */
final class PagingGuest {
    private static final long TABLES = 0x40_0000;
    private static final long SECOND_ROOT = TABLES + 0x1_0000;
    private static final long PAGES = 0x50_0000;
    private static final int WINDOW_SHIFT = 39;
    private static final int PGE_AND_PCIDE = 1 << 17 | 1 << 7;
    private static final int PAGES_A_TURN = 100;

    private PagingGuest() {
    }

    /**
     * {@return its image}
     *
     * @param keeps whether CR3 is written so that translations stay
     * @param turns switches
     */
    static GuestImage image(final boolean keeps, final int turns) {
        final CodeBuilder c = new CodeBuilder();
        c.global("start");
        tables(c);
        c.mov(Reg64.RAX, TABLES);
        c.mov(ControlRegister.CR3, Reg64.RAX);
        c.mov(Reg64.RAX, ControlRegister.CR4);
        c.or(Reg64.RAX, PGE_AND_PCIDE);
        c.mov(ControlRegister.CR4, Reg64.RAX);
        c.mov(Reg64.R8, (TABLES | 1) + (keeps ? Long.MIN_VALUE : 0));
        c.mov(Reg64.R9, (SECOND_ROOT | 2) + (keeps ? Long.MIN_VALUE : 0));
        c.xor(Reg32.EBX, Reg32.EBX);
        c.mov(Reg32.ECX, turns);
        final Label turn = c.here();
        c.mov(ControlRegister.CR3, Reg64.R8);
        c.xchg(Reg64.R8, Reg64.R9);
        c.mov(Reg32.EDX, PAGES_A_TURN);
        final Label next = c.here();
        c.imul(Reg32.EBX, Reg32.EBX, 0x19660D);
        c.add(Reg32.EBX, 0x3C6EF35F);
        c.mov(Reg32.ESI, Reg32.EBX);
        c.shr(Reg32.ESI, 23);
        c.shl(Reg32.ESI, 12);
        c.bts(Reg64.RSI, WINDOW_SHIFT);
        c.add(Reg64.RDI, Mem.at(Reg64.RSI));
        c.dec(Reg32.EDX);
        c.jcc(Cond.NE, next);
        c.invlpg(Mem.at(Reg64.RSI));
        c.dec(Reg32.ECX);
        c.jcc(Cond.NE, turn);
        c.cli();
        c.hlt();
        return GuestImage.parse("paging", Linker.link(new LinkPlan(List.of(
            new Segment("program", 0x10_0000, 0x10_0000, Access.READ_EXECUTE, List.of(".text"))), "start", null),
            List.of(c.build("guest"))));
    }

    private static void tables(final CodeBuilder c) {
        final long pointers = TABLES + 0x1000;
        final long directory = TABLES + 0x2000;
        final long table = TABLES + 0x3000;
        c.mov(Reg64.RSI, ControlRegister.CR3);
        c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
        c.mov(Mem.absolute(TABLES), Reg64.RAX);
        c.mov(Mem.absolute(SECOND_ROOT), Reg64.RAX);
        store(c, TABLES + 8, pointers | 3);
        store(c, SECOND_ROOT + 8, pointers | 3);
        store(c, pointers, directory | 3);
        store(c, directory, table | 3);
        c.mov(Reg64.RDI, table);
        c.mov(Reg64.RAX, PAGES | 3);
        c.mov(Reg32.ECX, 512);
        final Label next = c.here();
        final Label plain = c.newLabel();
        c.mov(Reg64.RDX, Reg64.RAX);
        c.test(Reg32.ECX, 7);
        c.jcc(Cond.NE, plain);
        c.or(Reg64.RDX, 1 << 8);
        c.bind(plain);
        c.mov(Mem.at(Reg64.RDI), Reg64.RDX);
        c.add(Reg64.RDI, Long.BYTES);
        c.add(Reg64.RAX, 0x1000);
        c.dec(Reg32.ECX);
        c.jcc(Cond.NE, next);
    }

    private static void store(final CodeBuilder c, final long address, final long value) {
        c.mov(Reg64.RAX, value);
        c.mov(Mem.absolute(address), Reg64.RAX);
    }
}
