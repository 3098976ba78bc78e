package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.List;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** A small kernel-shaped link: a boot stub low, code and data high, a user program, lines from several files. */
final class Fixture {
    static final long BOOT = 0x100000;
    static final long KERNEL = 0xffff_ffff_8020_0000L;
    static final long USER = 0x40_0000;

    private Fixture() {
    }

    static LinkPlan plan() {
        return new LinkPlan(List.of(
                segment("boot", BOOT, BOOT, LinkPlan.Access.READ_EXECUTE, ".text.boot"),
                segment("text", KERNEL, LinkPlan.Segment.AFTER_PREVIOUS, LinkPlan.Access.READ_EXECUTE, ".text*"),
                segment("data", KERNEL + 0x10_0000, LinkPlan.Segment.AFTER_PREVIOUS, LinkPlan.Access.READ_WRITE,
                        ".data", ".bss*"),
                segment("user", USER, LinkPlan.Segment.AFTER_PREVIOUS, LinkPlan.Access.READ_EXECUTE, ".user")),
                "kernel_entry", "boot_entry");
    }

    static LinkPlan.Segment segment(
            final String name, final long virtual, final long physical, final LinkPlan.Access access,
            final String... sections) {
        return new LinkPlan.Segment(name, virtual, physical, access, List.of(sections));
    }

    static List<ObjectCode> objects() {
        return List.of(boot(), kernel(), generated());
    }

    static byte[] image() {
        return Linker.link(plan(), objects());
    }

    /** Two sections with lines, one of them with an include in the middle. */
    private static ObjectCode boot() {
        final CodeBuilder code = new CodeBuilder();
        code.section(".text.boot");
        code.global("boot_entry");
        code.cli();
        code.nop();
        code.hlt();
        code.section(".user");
        code.global("user_main");
        code.syscall();
        code.ud2();
        final ObjectCode object = code.build("boot/entry.asm");
        return withLines(object, List.of(
                List.of(row(0, "boot/entry.asm", 10), row(1, "include/macros.inc", 3), row(2, "boot/entry.asm", 400)),
                List.of(row(0, "user/main.asm", 7), row(2, "user/main.asm", 8))));
    }

    private static ObjectCode kernel() {
        final CodeBuilder code = new CodeBuilder();
        code.global("kernel_entry");
        code.mov(Reg64.RSP, "stack_top");
        code.probe("phase_entry");
        code.call("kernel_main");
        code.call("generated_path");
        final Label halt = code.newLabel(".halt");
        code.bind(halt);
        code.hlt();
        code.jmp(halt);
        code.align(16);
        code.global("kernel_main");
        code.inc(Width.QWORD, Mem.rip("counter"));
        code.probe("tick", Reg64.RDI, Reg64.RSI);
        code.local("kernel_helper");
        code.ret();
        code.section(".data");
        code.global("counter");
        code.dq(1);
        code.global("table");
        code.dq("kernel_main", 0);
        code.dq("counter", 4);
        code.section(".bss.stack");
        code.global("stack");
        code.reserve(0x2000);
        code.global("stack_top");
        return withLines(code.build("kernel/main.asm"), List.of(
                List.of(row(0, "kernel/main.asm", 20), row(10, "kernel/main.asm", 21), row(15, "kernel/main.asm", 22),
                        row(20, "kernel/main.asm", 24), row(21, "kernel/main.asm", 25), row(32, "kernel/main.asm", 40),
                        row(39, "kernel/main.asm", 30)),
                List.of(row(0, "kernel/main.asm", 50)), List.of()));
    }

    private static ObjectCode generated() {
        final CodeBuilder code = new CodeBuilder();
        code.global("generated_path");
        code.mov(Reg32.EAX, 7);
        code.ret();
        return code.build("generated_path");
    }

    static LineRow row(final int offset, final String file, final int line) {
        return new LineRow(offset, new SourceLine(file, line));
    }

    private static ObjectCode withLines(final ObjectCode object, final List<List<LineRow>> lines) {
        final List<ObjectSection> sections = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final ObjectSection s = object.sections().get(i);
            sections.add(new ObjectSection(
                    s.name(), s.align(), s.bytes(), s.zeroBytes(), s.relocations(), lines.get(i)));
        }
        return new ObjectCode(object.name(), sections, object.symbols());
    }
}
