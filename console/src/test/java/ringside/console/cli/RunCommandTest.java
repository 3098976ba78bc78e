package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
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
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;

class RunCommandTest {
    private static final int COM1 = 0x3F8;
    private static final int EXIT = 0xF4;
    private static final int PCI_ADDRESS = 0xCF8;
    private static final int PCI_DATA = 0xCFC;
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
    void bantamSaysTheSameByEitherOfItsProtocols() {
        final CommandRun run = CommandRun.of("run", "--boot", "multiboot2");

        assertEquals(CommandRun.of("run", "--boot", "pvh"), run);
        assertTrue(run.out().endsWith("bantam: done\n"), run.out());
    }

    @Test
    void severalCpusRunTheBantamThatHasALock() {
        final CommandRun one = CommandRun.of("run");
        final CommandRun several = CommandRun.of("run", "--smp", "2");

        assertNotEquals(one.out(), several.out());
        assertEquals(CommandRun.of("run", "--smp-kernel").out(), several.out());
        assertEquals(withoutCounts(one.out()), withoutCounts(several.out()));
    }

    private static String withoutCounts(final String text) {
        return text.replaceAll("instructions \\d+", "instructions N");
    }

    @Test
    void aModuleIsHandedOverWithItsString() throws IOException {
        final String module = Files.writeString(directory.resolve("letter"), "x").toString();
        // 32-bit code. The start info has the module list at 16: address, size, address of the string.
        final String kernel = Files.write(directory.resolve("guest.elf"), image(LOAD, "start", code -> {
            code.db(0x8B, 0x5B, 0x10);  // mov ebx, [ebx+16]
            code.db(0x8B, 0x0B);        // mov ecx, [ebx]
            code.db(0x8A, 0x01);        // mov al, [ecx]
            code.mov(Reg16.DX, COM1);
            code.outDx(Width.BYTE);
            code.db(0x8B, 0x4B, 0x10);  // mov ecx, [ebx+16]
            code.db(0x8A, 0x01);        // mov al, [ecx]
            code.outDx(Width.BYTE);
            exit(code, 0);
        })).toString();

        assertEquals(new CommandRun(0, "xl", ""), CommandRun.of("run", kernel, "--module", module));
        assertEquals(new CommandRun(0, "xs", ""), CommandRun.of("run", kernel, "--module", module + ":string"));
        final CommandRun refused = CommandRun.of("run", kernel, "--memory=2M", "--module",
            Files.write(directory.resolve("large"), new byte[2 << 20]).toString());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("large: module 0: there is no room for its 0x200000 bytes"), refused.err());
    }

    @Test
    void aDiskIsOnThePciBus() throws IOException {
        final String disk = Files.write(directory.resolve("disk.img"), new byte[1024]).toString();
        final String kernel = guest(code -> {
            code.mov(Reg16.DX, PCI_ADDRESS);
            code.mov(Reg32.EAX, 0x8000_1000);
            code.outDx(Width.DWORD);
            code.mov(Reg16.DX, PCI_DATA);
            code.inDx(Width.BYTE);
            code.and(Reg8.AL, 0x7F);
            code.mov(Reg16.DX, COM1);
            code.outDx(Width.BYTE);
            exit(code, 0);
        });

        assertEquals("t", CommandRun.of("run", kernel, "--disk", disk).out());
        assertEquals("t", CommandRun.of("run", kernel, "--disk", disk + ":overlay").out());
        assertEquals("\u007f", CommandRun.of("run", kernel).out());
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
    void aGuestThatSwitchesTheMachineOffIsDone() throws IOException {
        final CommandRun run = CommandRun.of("run", guest(code -> {
            code.mov(Reg16.DX, 0x604);
            code.mov(Reg32.EAX, 5 << 10 | 1 << 13);
            code.outDx(Width.WORD);
            code.hlt();
        }));

        assertEquals(new CommandRun(0, "", ""), run);
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
    void aRunWhoseOutputNobodyTakesEndsAsAHostFault() throws IOException {
        final String image = guest(code -> {
            final Label again = code.newLabel(".again");
            code.mov(Reg32.EDX, COM1);
            code.bind(again);
            code.outDx(Width.BYTE);
            code.jmp(again);
        });
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        final PrintStream closed = new PrintStream(new OutputStream() {
            @Override
            public void write(final int octet) throws IOException {
                throw new IOException("nobody reads");
            }
        });

        final Terminal terminal = new Terminal(InputStream.nullInputStream(), closed,
            new PrintStream(said, true, StandardCharsets.UTF_8), false, false, false, 80);
        assertEquals(ExitStatus.HOST_FAULT.code(), Main.run(terminal, "run", image));
        assertEquals("ringside: standard output: not all of the result could be written" + System.lineSeparator(),
            said.toString(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.HOST_FAULT.code(), Main.run(terminal, "run", "--help"));
    }

    @Test
    void whoReadsNoMoreOfAPipeHasWhatHeWanted() throws IOException {
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        final PrintStream closed = ResultStream.to(new OutputStream() {
            @Override
            public void write(final int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        final Terminal terminal = new Terminal(InputStream.nullInputStream(), closed,
            new PrintStream(said, true, StandardCharsets.UTF_8), false, false, false, 80);
        final String image = guest(code -> TinyGuests.count(code, 3));

        assertEquals(0, Main.run(terminal, "console", image, "-e", "help", "-e", "x/20i rip"));
        assertEquals(0, Main.run(terminal, "run", image));
        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aSnapshotIsOfTheEndOfTheBudgetAlsoWhereNobodyTakesTheOutput() throws IOException {
        final String image = guest(code -> {
            final Label again = code.newLabel(".again");
            code.mov(Reg32.EDX, COM1);
            code.bind(again);
            code.outDx(Width.BYTE);
            code.jmp(again);
        });
        final Path taken = directory.resolve("taken");
        final Path lost = directory.resolve("lost");
        final PrintStream closed = new PrintStream(OutputStream.nullOutputStream());
        closed.close();
        final Terminal terminal = new Terminal(InputStream.nullInputStream(), closed,
            new PrintStream(OutputStream.nullOutputStream()), false, false, false, 80);

        assertEquals(0, CommandRun.of("run", image, "--budget=10000001", "--save-snapshot=" + taken).code());
        assertEquals(ExitStatus.HOST_FAULT.code(),
            Main.run(terminal, "run", image, "--budget=10000001", "--save-snapshot=" + lost));

        assertEquals(-1, Files.mismatch(taken, lost));
    }

    @Test
    void aResetEndsTheRunOrBootsAgainAsAskedFor() throws IOException {
        final String image = guest(code -> {
            code.mov(Reg32.EDX, COM1);
            code.mov(Reg32.EAX, 'A');
            code.outDx(Width.BYTE);
            code.ud2();
        });

        assertEquals("A", CommandRun.of("run", image).out());
        final CommandRun again = CommandRun.of("run", "--reboot", "--budget=3000000", image);
        assertTrue(again.out().startsWith("AA") && again.err().contains("budget is spent"), again.toString());
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
        "--append=\u00e9         | --append: a command line is printable ASCII",
        "--smp=0                 | --smp: a machine has 1 to 16 vCPUs: vcpus=0",
        "--smp=17                | --smp: a machine has 1 to 16 vCPUs: vcpus=17",
        "--quantum=0             | --quantum: a quantum is 1 to",
        "--seed=many             | '--seed'",
        "--boot=bios             | '--boot': 'bios' is none of pvh, multiboot1, multiboot2, elf64",
        "--boot=multiboot1       | the image does not offer multiboot1, only [pvh, multiboot2, elf64]",
        "--module=/no/such:x     | '--module' (FILE[:STRING]): /no/such: there is no such file",
        "--module=/              | '--module' (FILE[:STRING]): /: this is not a regular file",
        "--disk=/no/such         | /no/such: file: there is none",
        "--disk=/                | /: file: a disk image is a regular file",
        "--disk=x:fast           | '--disk' (FILE[:MODE]): 'fast' is none of overlay, read-only",
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
        return image(address, null, program);
    }

    private static byte[] image(final long address, final String pvhEntry, final Consumer<CodeBuilder> program) {
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        program.accept(code);
        return Linker.link(new LinkPlan(
            List.of(new Segment("program", address, address, Access.READ_EXECUTE, List.of(".text"))), "start",
            pvhEntry),
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
