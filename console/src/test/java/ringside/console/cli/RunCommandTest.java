package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.fastpath.experiment.Variant;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;

class RunCommandTest {
    private static final int COM1 = 0x3F8;
    private static final int EXIT = 0xF4;
    private static final long LOAD = 0x10_0000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void bantamRunsToItsEndInEveryVariant(final Variant variant) {
        final CommandRun run = CommandRun.of("run", "--variant", variant.toString());

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("bantam: "), run.out());
        assertTrue(run.out().endsWith("bantam: done\n"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aTinyGuestPrintsAndExits() throws IOException {
        final CommandRun run = CommandRun.of("run", guest(code -> {
            print(code, "hi\n");
            exit(code, 0);
        }));

        assertEquals(new CommandRun(0, "hi\n", ""), run);
    }

    @Test
    void theCountIsSaidOnStandardError() throws IOException {
        final CommandRun run = CommandRun.of("run", "--count", guest(code -> {
            code.cli();
            code.hlt();
        }));

        assertTrue(run.err().endsWith("ringside: 2 instructions, 2 cycles (unit-1)\n"), run.err());
    }

    @Test
    void bytesAboveAsciiLeaveAsTheyCame() throws IOException {
        final CommandRun run = CommandRun.of("run", guest(code -> {
            print(code, "\u00fc");
            exit(code, 0);
        }));

        assertEquals("\u00fc", run.out());
    }

    @Test
    void anotherExitValueIsAFailedGuestAfterWhatItPrinted() throws IOException {
        final CommandRun run = CommandRun.of("run", guest(code -> {
            print(code, "no");
            exit(code, 3);
        }));

        assertEquals(new CommandRun(1, "no", "ringside: the guest exited with code 3\n"), run);
    }

    @Test
    void aHaltForEverNamesThePlace() throws IOException {
        final CommandRun run = CommandRun.of("run", guest(code -> {
            code.cli();
            code.hlt();
        }));

        assertEquals(new CommandRun(1, "",
            "ringside: the guest halted for ever at rip=0x100002 (after start+0x1)\n"), run);
    }

    @Test
    void aTripleFaultNamesWhatBeganIt() throws IOException {
        final CommandRun run = CommandRun.of("run", guest(CodeBuilder::ud2));

        assertEquals(1, run.code());
        assertTrue(run.err().contains("triple-faulted: #UD at rip=0x100000") && run.err().endsWith(" (start)\n"),
            run.err());
    }

    @Test
    void aGuestThatRunsForEverEndsWithItsBudget() throws IOException {
        final CommandRun run = CommandRun.of("run", "--max-instructions", "1000", guest(code -> {
            final Label again = code.newLabel(".again");
            code.bind(again);
            code.jmp(again);
        }));

        assertEquals(1, run.code());
        assertTrue(run.err().contains("budget is spent") && run.err().contains("(start"), run.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--memory=1M             | '1M' is not whole pages from 2M to 2G",
        "--memory=3G             | '3G' is not whole pages",
        "--memory=999999999999G  | '999999999999G' is not whole pages",
        "--memory=4097K          | '4097K' is not whole pages",
        "--memory=lots           | 'lots' is no size such as 64M",
        "--budget=0              | --budget=0",
        "--max-instructions=x    | 'x'",
        "--append=\u00e9         | printable ASCII",
        "/no/such/file           | /no/such/file: file: there is no such file",
        "/                       | /: file: this is a directory",
        "/dev/null               | /dev/null: file: this is not a regular file",
        "x --variant=slow        | mutually exclusive"})
    void whatCannotBeRunIsRefused(final String arguments, final String message) {
        final CommandRun run = CommandRun.of(("run " + arguments).split(" +"));

        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void anEmptyATruncatedAndAMisplacedImageAreRefused() throws IOException {
        final byte[] whole = image(LOAD, code -> exit(code, 0));
        assertRefused(new byte[0]);
        assertRefused(Arrays.copyOf(whole, 40));
        assertRefused(Arrays.copyOf(whole, whole.length / 2));
        assertRefused(image(0x7000_0000, code -> exit(code, 0)));
    }

    private void assertRefused(final byte[] bytes) throws IOException {
        final String file = Files.write(directory.resolve("refused"), bytes).toString();

        final CommandRun run = CommandRun.of("run", file);

        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().startsWith("ringside: " + file + ": "), run.err());
    }

    private String guest(final Consumer<CodeBuilder> program) throws IOException {
        return Files.write(directory.resolve("guest.elf"), image(LOAD, program)).toString();
    }

    private static byte[] image(final long address, final Consumer<CodeBuilder> program) {
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        program.accept(code);
        return Linker.link(new LinkPlan(
            List.of(new Segment("program", address, address, Access.READ_EXECUTE, List.of(".text"))), "start", null),
            List.of(code.build("guest")));
    }

    private static void print(final CodeBuilder code, final String text) {
        code.mov(Reg16.DX, COM1);
        for (final byte value : text.getBytes(StandardCharsets.UTF_8)) {
            code.mov(Reg8.AL, value & 0xFF);
            code.outDx(Width.BYTE);
        }
    }

    private static void exit(final CodeBuilder code, final int value) {
        code.mov(Reg8.AL, value);
        code.out(Width.BYTE, EXIT);
    }
}
