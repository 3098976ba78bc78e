package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.toolchain.codegen.CodeBuilder;

class ProfileCommandTest {
    @TempDir
    private Path directory;

    private String counter(final int rounds) throws IOException {
        return TinyGuests.write(directory.resolve("guest" + rounds + ".elf"), code -> TinyGuests.count(code, rounds))
            .toString();
    }

    @Test
    void bantamsRoutinesAreNamedWithSharesThatAddUp() {
        final CommandRun run = CommandRun.of("profile", "--top");

        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
        assertTrue(run.out().contains("By routine, the dearest 20 of ") && run.out().contains("cycles (unit-1)"),
            run.out());
        final List<String> table = run.out().lines().dropWhile(line -> !line.endsWith("  routine")).skip(1)
            .takeWhile(line -> !line.isEmpty()).toList();
        final long cycles = Long.parseLong(run.out().lines().skip(1).findFirst().orElseThrow()
            .replaceFirst(".*instructions; (\\d+) cycles.*", "$1"));
        assertEquals(cycles, table.stream().mapToLong(row -> Long.parseLong(row.strip().split(" ")[0])).sum());
        assertTrue(run.out().contains("  [idle]\n") && run.out().contains("ipc_fast_call\n"), run.out());
    }

    @Test
    void instructionsAreThoseOfTheRun() throws IOException {
        final String image = counter(1000);
        final String count = CommandRun.of("run", "--count", image).err().replaceFirst("ringside: (\\d+) .*\n", "$1");

        assertTrue(CommandRun.of("profile", image).out().contains("\n" + count + " instructions; " + count
            + " cycles (unit-1) of 1 CPU"));
    }

    @Test
    void anAnnotatedRoutineHasSourcesCountsAndArrows() throws IOException {
        final CommandRun loop = CommandRun.of("profile", counter(1000), "--annotate=start");
        assertEquals(0, loop.code(), loop.err());
        final List<String> lines = loop.out().lines().toList();
        assertTrue(lines.stream().anyMatch(line ->
            line.matches(" +1000 +\\d\\d\\.\\d % +1000 .*\u250c.*\u25ba dec ecx")),
            loop.out());
        assertTrue(lines.stream().anyMatch(line ->
            line.matches(" +1000 +\\d\\d\\.\\d % +1000 .*\u2514\u2500 jne start\\+0x5")),
            loop.out());

        final CommandRun several = CommandRun.of("profile", "--annotate=ipc_fast_*");
        assertTrue(several.out().contains("; ipc/ipc_fast_call.asm:"), several.out());
        assertTrue(several.out().lines().allMatch(line -> line.length() <= 80), several.out());
        assertTrue(several.out().indexOf("ipc_fast_reply_recv\n") < several.out().indexOf("ipc_fast_call\n"));
    }

    @Test
    void sourceLinesAreShownWithTheirWords() {
        final CommandRun run = CommandRun.of("profile", "--lines", "--top=30");

        assertEquals(0, run.code(), run.err());
        final List<String> rows = run.out().lines().toList();
        final int row = IntStream.range(0, rows.size())
            .filter(i -> rows.get(i).matches(".*  user/cases_helpers\\.inc:\\d+")).findFirst().orElseThrow();
        assertTrue(rows.get(row + 1).matches(" {40}\\w+ .*"), run.out());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
    }

    @Test
    void aGuestThatFailsIsProfiledUpToThere() throws IOException {
        final String image = TinyGuests.write(directory.resolve("ud.elf"), CodeBuilder::ud2).toString();
        final CommandRun run = CommandRun.of("profile", image);

        assertEquals(1, run.code());
        assertTrue(run.out().contains("0 instructions") && run.err().contains("triple-faulted: #UD"), run.toString());
    }

    @Test
    void aScenarioGivesItsOptionsAndSnapshotsGoOn() throws IOException {
        final String image = counter(5000);
        final Path scenario = Files.writeString(directory.resolve("s.json"),
            "{\"image\": \"guest5000.elf\", \"budget\": 1000, \"interval\": 10}");
        final CommandRun cut = CommandRun.of("profile", scenario.toString());
        assertEquals(1, cut.code());
        assertTrue(instructions(cut) >= 1000 && instructions(cut) < 1010, cut.out());

        final String snapshot = directory.resolve("s.snapshot").toString();
        CommandRun.of("run", image, "--budget=1000", "--save-snapshot", snapshot);
        final CommandRun rest = CommandRun.of("profile", image, "--from-snapshot", snapshot);
        final CommandRun whole = CommandRun.of("profile", image);
        assertEquals(instructions(whole) - instructions(cut), instructions(rest));
    }

    @Test
    void theTreeHasSystemCallsUnderTheirCallers() {
        final CommandRun run = CommandRun.of("profile", "--tree", "--top=60");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
        final List<String> lines = run.out().lines().map(line -> line.length() > 48 ? line.substring(48) : "").toList();
        final int call = lines.indexOf("    [syscall 1]");
        assertTrue(call > 0 && lines.get(call + 1).equals("      ipc_fast_call"), run.out());
        assertEquals(List.of("  client_main", "client_main"), lines.subList(call - 2, call).reversed(), run.out());
    }

    @Test
    void aDiffSaysWhichInstructionsCameAndWent() throws IOException {
        final String before = TinyGuests.write(directory.resolve("a.elf"), code -> TinyGuests.count(code, 100))
            .toString();
        final String after = TinyGuests.write(directory.resolve("b.elf"), code -> {
            code.cli();
            TinyGuests.count(code, 102);
        }).toString();
        final CommandRun run = CommandRun.of("profile", before, "--diff", after);

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("+5  start\n"), run.out());
        assertTrue(run.out().contains("start: 2 instructions added, 1 removed, 2 of another cost\n"), run.out());
        assertTrue(run.out().contains("  cli\n") && run.out().contains("mov ecx, 0x66"), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("~ +\\+2 +\\+2  dec ecx")), run.out());
        assertTrue(CommandRun.of("profile", before, "--diff", before).out().endsWith("No routine differs.\n"));

        final CommandRun variants = CommandRun.of("profile", "--diff", "slow");
        assertTrue(variants.out().contains("ipc_fast_call: only before\n"), variants.out());
        assertTrue(variants.out().lines().allMatch(line -> line.length() <= 80), variants.out());
    }

    @Test
    void jsonIsTheSameBytesEachTime() {
        final CommandRun run = CommandRun.of("profile", "--json");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("{\n  \"schema\": 1,") && run.out().contains("\"model\": \"unit-1\""),
            run.out().substring(0, 200));
        assertEquals(run, CommandRun.of("profile", "--json"));
    }

    private static long instructions(final CommandRun run) {
        return Long.parseLong(run.out().lines().skip(1).findFirst().orElseThrow().split(" ")[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--budget=0                | --budget=0",
        "--top=0                   | --top=0: a table has at least 1 row",
        "--annotate=x --lines      | one at a time",
        "--annotate=no_such_*      | --annotate: no routine is named like 'no_such_*'",
        "--annotate=ipc_fast_cal   | did you mean ipc_fast_call",
        "/no/such/file             | there is no such file"})
    void whatCannotBeProfiledIsRefused(final String arguments, final String message) {
        final CommandRun run = CommandRun.of(("profile " + arguments).split(" +"));

        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains(message), run.err());
    }
}
