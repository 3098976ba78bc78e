package ringside.console.gdb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.travel.Timeline;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;

/** A guest that counts in memory, calling a routine each time, says {@code done} and exits. */
final class GdbGuest {
    /** Where it begins. */
    static final long START = 0x10_0000;
    /** What it counts. */
    static final long COUNTER = 0x30_0000;
    /** A page that nothing uses. */
    static final long SPARE = 0x31_0000;
    /** Where its stack begins. */
    static final long STACK = 0x28_0000;
    /** RAM in bytes. */
    static final long RAM = 4 << 20;

    private static final int COM1 = 0x3F8;
    private static final int EXIT = 0xF4;

    private GdbGuest() {
    }

    /** {@return the guest; with no rounds it goes on for ever} */
    static GuestImage counting(final int rounds) {
        return image(code -> {
            code.mov(Reg64.RSP, STACK);
            code.mov(Width.QWORD, Mem.absolute(COUNTER), 0);
            final Label routine = code.newLabel();
            code.global("again");
            final Label again = code.here();
            code.call(routine);
            code.cmp(Reg32.EAX, rounds == 0 ? -1 : rounds);
            code.jcc(Cond.NE, again);
            code.mov(Reg16.DX, COM1);
            for (final byte value : "done\n".getBytes(StandardCharsets.US_ASCII)) {
                code.mov(Reg8.AL, value);
                code.outDx(Width.BYTE);
            }
            code.mov(Reg8.AL, 0);
            code.out(Width.BYTE, EXIT);
            code.hlt();
            code.global("routine");
            code.bind(routine);
            code.inc(Width.QWORD, Mem.absolute(COUNTER));
            code.mov(Reg64.RAX, Mem.absolute(COUNTER));
            code.ret();
        });
    }

    static GuestImage image(final Consumer<CodeBuilder> program) {
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        program.accept(code);
        return GuestImage.parse("guest", Linker.link(new LinkPlan(
                List.of(new Segment("program", START, START, Access.READ_EXECUTE, List.of(".text"))), "start", null),
                List.of(code.build("guest"))));
    }

    static Timeline timeline(final GuestImage image) {
        return Timeline.boot(MachineConfig.standard().withMemory(RAM), image, 16 << 20, 1 << 20);
    }
}
