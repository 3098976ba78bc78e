package ringside.profiler.calibrate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.Linker;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.platform.PcLayout;

/**
 * The least kernel that runs a snippet: it enters it twice at level 3, to warm up and to be measured, and ends the run.
 * The snippet comes back by SYSCALL. There is no table of interrupts: a fault is a triple fault and so a result.
 */
final class Gate {
    private static final long CR0_EMULATE_AND_SWITCHED = 0xC;
    private static final int CR0_MONITOR = 2;
    private static final int CR4_SSE = 0x600;
    private static final int PAGE = 4096;
    private static final int ENTRIES = 512;
    private static final int EFER = 0xC000_0080;
    private static final int STAR = 0xC000_0081;
    private static final int LSTAR = 0xC000_0082;
    private static final int EFER_SYSCALL = 1;
    /** Level 0 code is selector 8; SYSRET adds 16 to 10h for code at level 3 and 8 for its stack. */
    private static final int SELECTORS = 0x10 << 16 | 8;

    private Gate() {
    }

    /** {@return an image for a machine, linked where it is loaded} */
    static GuestImage image(final Snippet snippet, final long warmUp, final long iterations) {
        final ByteBuffer frame = ByteBuffer.allocate(Stage.FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(Stage.WARM_UP, warmUp).putLong(Stage.ITERATIONS, iterations);
        final ObjectCode object = new ObjectCode(snippet.name(), List.of(
                section(".text.boot", boot()), section(".text.entry", entry()), section(".text.return", back()),
                section(".text.snippet", snippet.code()),
                new ObjectSection(".bss.stack", 1, new byte[0], Stage.STACK_BYTES, List.of(), List.of()),
                section(".data.frame", frame.array()), section(".data.data", snippet.data()),
                section(".data.tables", tables())),
                List.of(new ObjectSymbol("boot", ".text.boot", 0, ObjectSymbol.Scope.GLOBAL,
                        ObjectSymbol.Kind.FUNCTION)));
        final LinkPlan plan = new LinkPlan(List.of(
                segment("boot", Stage.BOOT, LinkPlan.Access.READ_EXECUTE, ".text.boot"),
                segment("tables", Stage.TABLES, LinkPlan.Access.READ_WRITE, ".data.tables"),
                segment("entry", Stage.SYSCALL_ENTRY, LinkPlan.Access.READ_EXECUTE, ".text.entry"),
                segment("return", Stage.RETURN, LinkPlan.Access.READ_EXECUTE, ".text.return"),
                segment("snippet", Stage.CODE, LinkPlan.Access.READ_EXECUTE, ".text.snippet"),
                segment("stack", Stage.STACK, LinkPlan.Access.READ_WRITE, ".bss.stack"),
                segment("frame", Stage.FRAME, LinkPlan.Access.READ_WRITE, ".data.frame"),
                segment("data", Stage.DATA, LinkPlan.Access.READ_WRITE, ".data.data")), "boot", null);
        return GuestImage.parse(snippet.name(), Linker.link(plan, List.of(object)));
    }

    private static ObjectSection section(final String name, final byte[] bytes) {
        return new ObjectSection(name, 1, bytes, 0, List.of(), List.of());
    }

    private static LinkPlan.Segment segment(final String name, final long address, final LinkPlan.Access access,
            final String section) {
        return new LinkPlan.Segment(name, address, address, access, List.of(section));
    }

    /** Page tables that map RAM to itself in pages of 4 KiB, for level 3 as well. */
    private static byte[] tables() {
        final int present = 7;
        final int upper = 3;
        final int tables = (int) (SnippetRun.MEMORY / PAGE / ENTRIES);
        final ByteBuffer all = ByteBuffer.allocate((upper + tables) * PAGE).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(0, Stage.TABLES + PAGE | present).putLong(PAGE, Stage.TABLES + 2 * PAGE | present);
        for (int i = 0; i < tables; i++) {
            all.putLong(2 * PAGE + i * Long.BYTES, Stage.TABLES + (long) (upper + i) * PAGE | present);
        }
        for (int i = 0; i < tables * ENTRIES; i++) {
            all.putLong(upper * PAGE + i * Long.BYTES, (long) i * PAGE | present);
        }
        return all.array();
    }

    private static byte[] boot() {
        final CodeBuilder code = new CodeBuilder();
        code.mov(Reg64.RAX, Stage.TABLES);
        code.mov(ControlRegister.CR3, Reg64.RAX);
        code.mov(Reg64.RAX, ControlRegister.CR0);
        code.and(Reg64.RAX, ~CR0_EMULATE_AND_SWITCHED);
        code.or(Reg64.RAX, CR0_MONITOR);
        code.mov(ControlRegister.CR0, Reg64.RAX);
        code.mov(Reg64.RAX, ControlRegister.CR4);
        code.or(Reg64.RAX, CR4_SSE);
        code.mov(ControlRegister.CR4, Reg64.RAX);
        code.mov(Reg32.ECX, EFER);
        code.rdmsr();
        code.or(Reg32.EAX, EFER_SYSCALL);
        code.wrmsr();
        writeMsr(code, STAR, 0, SELECTORS);
        writeMsr(code, LSTAR, (int) Stage.SYSCALL_ENTRY, 0);
        down(code, Stage.WARM_UP);
        return code.bytes();
    }

    private static void writeMsr(final CodeBuilder code, final int number, final int low, final int high) {
        code.mov(Reg32.ECX, number);
        code.mov(Reg32.EAX, low);
        code.mov(Reg32.EDX, high);
        code.wrmsr();
    }

    private static byte[] entry() {
        final CodeBuilder code = new CodeBuilder();
        final Label finished = code.newLabel();
        code.cmp(Width.QWORD, SnippetEntry.word(Stage.CALLS), 0);
        code.jcc(Cond.NE, finished);
        code.inc(Width.QWORD, SnippetEntry.word(Stage.CALLS));
        down(code, Stage.ITERATIONS);
        code.bind(finished);
        code.xor(Reg32.EAX, Reg32.EAX);
        code.mov(Reg32.EDX, PcLayout.DEBUG_EXIT_PORT);
        code.outDx(Width.DWORD);
        code.hlt();
        return code.bytes();
    }

    private static void down(final CodeBuilder code, final int iterations) {
        code.mov(Width.QWORD, Mem.absolute(Stage.STACK_TOP - Long.BYTES), Stage.RETURN);
        SnippetEntry.enter(code, iterations);
        code.lea(Reg64.RSP, Mem.at(Reg64.RSP, -Long.BYTES));
        code.sysretq();
    }

    private static byte[] back() {
        final CodeBuilder code = new CodeBuilder();
        SnippetEntry.leave(code);
        code.syscall();
        return code.bytes();
    }
}
