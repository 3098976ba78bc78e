package ringside.console.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;

/** Guests of a few instructions, as files. */
public final class TinyGuests {
    private static final int COM1 = 0x3F8;
    private static final int LINE_STATUS = COM1 + 5;
    private static final int EXIT = 0xF4;
    private static final long LOAD = 0x10_0000;

    private TinyGuests() {
    }

    /** Writes a guest. */
    public static Path write(final Path file, final Consumer<CodeBuilder> program) throws IOException {
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        program.accept(code);
        return Files.write(file, Linker.link(new LinkPlan(
            List.of(new Segment("program", LOAD, LOAD, Access.READ_EXECUTE, List.of(".text"))), "start", null),
            List.of(code.build("guest"))));
    }

    /** Turns so many rounds of two instructions, prints {@code done} and exits. */
    public static void count(final CodeBuilder code, final int rounds) {
        code.mov(Reg32.ECX, rounds);
        final Label again = code.here();
        code.dec(Reg32.ECX);
        code.jcc(Cond.NE, again);
        print(code, "done\n");
        exit(code);
    }

    /** Sends back each byte, one more than it was, until a q comes. */
    public static void echo(final CodeBuilder code) {
        final Label wait = code.here();
        code.mov(Reg16.DX, LINE_STATUS);
        code.inDx(Width.BYTE);
        code.test(Reg8.AL, 1);
        code.jcc(Cond.E, wait);
        code.mov(Reg16.DX, COM1);
        code.inDx(Width.BYTE);
        code.mov(Reg8.BL, Reg8.AL);
        code.inc(Reg32.EAX);
        code.outDx(Width.BYTE);
        code.cmp(Reg8.BL, 'q');
        code.jcc(Cond.NE, wait);
        exit(code);
    }

    /** Prints. */
    public static void print(final CodeBuilder code, final String text) {
        code.mov(Reg16.DX, COM1);
        for (final byte value : text.getBytes(StandardCharsets.US_ASCII)) {
            code.mov(Reg8.AL, value);
            code.outDx(Width.BYTE);
        }
    }

    public static void exit(final CodeBuilder code) {
        code.mov(Reg8.AL, 0);
        code.out(Width.BYTE, EXIT);
    }
}
