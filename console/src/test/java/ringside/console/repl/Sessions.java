package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import ringside.console.cli.TinyGuests;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.KernelSources;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;

/** Sessions over small guests and over Bantam, for tests. */
final class Sessions {
    /** Where the counting guest counts. */
    static final long COUNTER = 0x20_0000;
    /** Steps before the nested guest's first call. */
    static final long NESTED_CALL = 1;
    private static final long LOAD = 0x10_0000;
    private static final int ROUNDS = 100;
    private static final long STACK = 0x18_0000;
    private static GuestImage bantam;

    private Sessions() {
    }

    /** {@return a session over a guest of a few instructions} */
    static Session of(final Consumer<CodeBuilder> program) {
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        program.accept(code);
        final GuestImage image = GuestImage.parse("tiny", Linker.link(new LinkPlan(
            List.of(new Segment("program", LOAD, LOAD, Access.READ_EXECUTE, List.of(".text"))), "start", null),
            List.of(code.build("tiny"))));
        return Session.open(MachineConfig.standard().withMemory(8 << 20), image, path -> Optional.empty());
    }

    /** {@return a session over a guest that counts to five in memory, calling a routine, says so and exits} */
    static Session counting() {
        return of(Sessions::count);
    }

    /** {@return a session over a guest in which a routine calls another one for ever, which counts in a register} */
    static Session nested() {
        return of(Sessions::nest);
    }

    private static void nest(final CodeBuilder code) {
        code.mov(Reg64.RSP, STACK);
        code.call("outer");
        code.global("outer");
        final Label again = code.here();
        code.call("inner");
        code.jmp(again);
        code.global("inner");
        code.mov(Reg64.RCX, ROUNDS);
        code.global("inner.next");
        final Label next = code.here();
        code.dec(Reg64.RCX);
        code.mov(Reg64.RDX, COUNTER);
        code.jcc(Cond.NE, next);
        code.ret();
    }

    private static void count(final CodeBuilder code) {
        code.mov(Reg64.RSP, STACK);
        code.mov(Reg64.RBX, 5);
        final Label again = code.here();
        code.call("bump");
        code.dec(Reg64.RBX);
        code.jcc(Cond.NE, again);
        TinyGuests.print(code, "counted\n");
        code.mov(Reg64.RAX, 0);
        code.out(Width.BYTE, 0xF4);
        code.global("bump");
        code.mov(Reg64.RDX, COUNTER);
        code.inc(Width.QWORD, Mem.at(Reg64.RDX));
        code.ret();
    }

    /** {@return a session over Bantam} */
    static Session bantam(final String commandLine) {
        return Session.open(MachineConfig.standard().withMemory(64 << 20).withCommandLine(commandLine), image(),
            KernelSources.bundled());
    }

    private static synchronized GuestImage image() {
        if (bantam == null) {
            try (BantamImages images = BantamImages.open()) {
                bantam = images.build(Variant.FAST_ASM);
            }
        }
        return bantam;
    }

    /** Does what lines say, all of which must be done: {@return what the last one said}. */
    static String all(final Session session, final String... lines) {
        String text = "";
        for (final String line : lines) {
            final CommandResult result = session.execute(line);
            assertTrue(result.ok(), line + ": " + result.problem());
            text = result.text();
        }
        return text;
    }

    /** {@return why a line is not done} */
    static String refused(final Session session, final String line) {
        final CommandResult result = session.execute(line);
        assertTrue(result.outcome() == CommandResult.Outcome.REFUSED, line + ": " + result);
        return result.problem();
    }

}
