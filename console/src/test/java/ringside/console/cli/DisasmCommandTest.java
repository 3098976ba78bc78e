package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.fastpath.experiment.Variant;

class DisasmCommandTest {
    @TempDir
    private Path directory;

    @Test
    void aRoutineStandsUnderItsOwnAssembly() {
        final CommandRun run = CommandRun.of("disasm", "syscall_entry");

        assertEquals(0, run.code(), run.err());
        final List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).matches("syscall_entry: \\d+ instructions, \\d+ bytes at 0xffffffff8[0-9a-f]{7}"),
            lines.get(0));
        assertEquals("syscall_entry:", lines.get(2));
        assertTrue(lines.get(3).matches("; syscall/syscall_entry\\.asm:\\d+  swapgs.*"), lines.get(3));
        assertTrue(lines.get(4).matches("  ffffffff8[0-9a-f]{7}  0f 01 f8 +swapgs"), lines.get(4));
        assertTrue(run.out().contains("<ipc_fast_call>"), run.out());
    }

    @Test
    void generatedCodeStandsUnderTheJavaThatEmittedIt() {
        final CommandRun run = CommandRun.of("disasm", "--variant", "fast-generated", "ipc_fast_call");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().lines().anyMatch(line ->
            line.matches("; ringside/fastpath/codegen/\\w+\\.java:\\d+  code\\..*")), run.out());
    }

    @Test
    void anAddressInsideARoutineMeansTheRoutine() {
        final CommandRun named = CommandRun.of("disasm", "syscall_slow");
        final String second = named.out().lines().filter(line -> line.startsWith("  ffff")).skip(1).findFirst()
            .orElseThrow().strip().split(" ")[0];

        assertEquals(named.out(), CommandRun.of("disasm", "0x" + second).out());
    }

    @Test
    void aRangeEndsBeforeItsSecondPlace() {
        final CommandRun run = CommandRun.of("disasm", "syscall_entry..syscall_slow");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\nsyscall_entry:\n"), run.out());
        assertTrue(run.out().lines().noneMatch("syscall_slow:"::equals), run.out());
    }

    @Test
    void theEntryOfALoaderIsThirtyTwoBitCode() {
        final CommandRun guessed = CommandRun.of("disasm", "boot_pvh_entry");

        assertEquals(guessed, CommandRun.of("disasm", "--bits", "32", "boot_pvh_entry"));
        assertTrue(guessed.out().contains("dword ptr [ebx"), guessed.out());
    }

    @Test
    void withoutANameAllRoutinesAreListedByAddress() {
        final List<String> lines = CommandRun.of("disasm").out().lines().toList();

        assertTrue(lines.stream().anyMatch(line -> line.matches("ffffffff8[0-9a-f]{7} +\\d+  syscall_entry")));
        assertEquals(lines.stream().map(line -> Long.parseUnsignedLong(line.strip().split(" ")[0], 16))
            .sorted(Long::compareUnsigned).toList(),
            lines.stream().map(line -> Long.parseUnsignedLong(line.strip().split(" ")[0], 16)).toList());
    }

    @Test
    void jsonNamesTheImageByItsHash() {
        final CommandRun run = CommandRun.of("disasm", "--json", "syscall_entry");

        assertTrue(run.out().contains("\"image\": \"" + Bantam.image(Variant.FAST_ASM).sha256() + "\""), run.out());
        assertTrue(run.out().contains("\"target\": \"ipc_fast_call\""), run.out());
        assertTrue(CommandRun.of("disasm", "--json").out().contains("\"name\": \"syscall_entry\""));
    }

    @Test
    void aFileIsShownWithTheSourcesThatAreGivenForIt() throws Exception {
        final Path image = Files.write(directory.resolve("bantam.elf"), Bantam.image(Variant.SLOW).bytes());
        final Path source = directory.resolve("sources/syscall/syscall_entry.asm");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "given line\n".repeat(100));

        final CommandRun bare = CommandRun.of("disasm", "--image", image.toString(), "syscall_entry");
        final CommandRun given = CommandRun.of("disasm", "--image", image.toString(),
            "--sources", directory.resolve("sources").toString(), "syscall_entry");

        assertTrue(bare.out().lines().anyMatch(line -> line.matches("; syscall/syscall_entry\\.asm:\\d+")), bare.out());
        assertTrue(given.out().contains("  given line\n"), given.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "no_such_routine                 | no symbol 'no_such_routine'",
        "syscall_ent                     | did you mean syscall_entry?",
        "0x10                            | no routine of known size at 0x10",
        "syscall_slow..syscall_entry     | a range goes upwards",
        "0x10..0x20                      | no segment",
        "0xffffffffffffffff..0x7fffffffffffffff | at most",
        "--bits=16 syscall_entry         | --bits=16",
        "--variant=other syscall_entry   | 'other' is none of fast-asm, fast-generated, slow",
        "--image=/ x                     | /: file: this is a directory",
        "--image=/dev/null x             | /dev/null",
        "--image=x --variant=slow x      | mutually exclusive"})
    void whatCannotBeShownIsRefused(final String arguments, final String message) {
        final CommandRun run = CommandRun.of(("disasm " + arguments).split(" +"));

        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void textsThatAreNoImageAreRefused() throws Exception {
        final Path text = Files.writeString(directory.resolve("text"), "not an image", StandardCharsets.UTF_8);

        final CommandRun run = CommandRun.of("disasm", "--image", text.toString(), "x");

        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().startsWith("ringside: " + text + ": "), run.err());
    }
}
