package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        assertTrue(run.out().contains("  [idle]\n") && run.out().contains("cases_spin\n"), run.out());
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
            line.matches(" +1000 +1000 +1\\.00 +\\d\\d\\.\\d % .*\u250c.*\u25ba dec ecx")),
            loop.out());
        assertTrue(lines.stream().anyMatch(line ->
            line.matches(" +1000 +1000 +1\\.00 +\\d\\d\\.\\d % .*\u2514\u2500 jne start\\+0x5")),
            loop.out());

        final CommandRun several = CommandRun.of("profile", "--annotate=ipc_fast_*");
        assertTrue(several.out().contains("; ipc/ipc_fast_call.asm:"), several.out());
        assertTrue(several.out().lines().allMatch(line -> line.length() <= 80), several.out());
        final List<Long> dearest = several.out().lines().filter(line -> line.matches("\\d+ cycles \\(unit-1\\).*"))
            .map(line -> Long.parseLong(line.split(" ")[0])).toList();
        assertEquals(3, dearest.size(), several.out());
        assertEquals(dearest.stream().sorted(Comparator.reverseOrder()).toList(), dearest, several.out());
    }

    @Test
    void aModelsProfileSaysWhyCyclesPassAndUnitSaysThatItCannot() throws IOException {
        final String image = counter(1000);
        final CommandRun top = CommandRun.of("profile", image, "--model=zen4");
        assertEquals(0, top.code(), top.err());
        assertTrue(top.out().lines().allMatch(line -> line.length() <= 80), top.out());
        assertTrue(top.out().lines().anyMatch(line -> line.matches(" +\\d+ +\\d+\\.\\d % +\\d+  "
            + "[\\w ]+ +\\d+ %  start")), top.out());
        final CommandRun causes = CommandRun.of("profile", image, "--model=zen4", "--by=cause");
        final long cycles = Long.parseLong(causes.out().lines().skip(1).findFirst().orElseThrow().split(" ")[2]);
        assertEquals(cycles, causes.out().lines().dropWhile(line -> !line.startsWith("By cause")).skip(2)
            .mapToLong(line -> Long.parseLong(line.strip().split(" ")[0])).sum(), causes.out());
        final CommandRun annotated = CommandRun.of("profile", image, "--model=zen4", "--annotate=start");
        assertTrue(annotated.out().contains("\nby cause: "), annotated.out());
        assertTrue(annotated.out().lines().anyMatch(line ->
            line.matches(" +1000 +\\d+ +\\d\\.\\d\\d [\\w ]+ +\\d+ % .*dec ecx")), annotated.out());

        for (final String view : List.of("--top", "--by=cause", "--annotate=start", "--diff=" + image)) {
            final CommandRun unit = CommandRun.of("profile", image, view);
            assertTrue(unit.out().contains("unit-1 knows no causes of cycles; --model zen4 does"), unit.out());
            assertFalse(unit.out().contains("main cause"), unit.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"routine", "line", "phase", "thread", "entry", "space", "cpu"})
    void everyRollUpAddsUpToTheRunAsTextAndAsJson(final String by) throws IOException {
        final CommandRun text = CommandRun.of("profile", "--by", by, "--top=7");
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().lines().allMatch(line -> line.length() <= 80), text.out());
        final long cycles = Long.parseLong(text.out().lines().skip(1).findFirst().orElseThrow().split(" ")[2]);
        assertEquals(cycles, text.out().lines().filter(line -> line.matches(" *\\d+ +\\d+\\.\\d % .*"))
            .mapToLong(line -> Long.parseLong(line.strip().split(" ")[0])).sum(), text.out());

        final JsonTree json = JsonTree.of(CommandRun.of("profile", "--by", by, "--json").out());
        assertEquals(by, json.at("by").toString());
        assertEquals(cycles, json.at("rows").all().stream().mapToLong(row -> row.at("cycles").number()).sum());
        assertTrue(json.at("causes").isNull());
    }

    @Test
    void bantamsThreadsAndSpacesHaveNames() {
        final CommandRun threads = CommandRun.of("profile", "--by=thread", "--top=1000");
        for (final String thread : List.of("client/client_main", "server/server_main")) {
            assertTrue(threads.out().contains("  " + thread + "\n"), threads.out());
        }
        final CommandRun spaces = CommandRun.of("profile", "--by=space");
        assertTrue(spaces.out().lines().anyMatch(line -> line.matches(".*  0x[0-9a-f]+ client")), spaces.out());
    }

    @Test
    void aDiffSaysByWhichCauseAnInstructionChanged() throws IOException {
        final CommandRun text = CommandRun.of("profile", counter(100), "--diff", counter(300), "--model=zen4");
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().lines().allMatch(line -> line.length() <= 80), text.out());
        assertTrue(text.out().lines().anyMatch(line ->
            line.matches(" +\\d+ +\\d+ +\\+\\d+  (front end|dependency|L1)")), text.out());
        final List<String> lines = text.out().lines().toList();
        final int changed = IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).matches("~ +\\+200 +\\+\\d+  dec ecx")).findFirst().orElseThrow();
        assertTrue(lines.get(changed + 1).matches(" {28}[\\w ]+ \\+\\d+.*"), text.out());

        final JsonTree json = JsonTree.of(CommandRun.of("profile", counter(100), "--diff",
            counter(300), "--model=zen4", "--json").out());
        final long change = json.at("after").at("cycles").number() - json.at("before").at("cycles").number();
        assertEquals(change, sum(json.at("causeChanges")));
        final JsonTree routine = json.at("routines").all().getFirst();
        assertEquals("start", routine.at("name").toString());
        assertEquals(change, routine.at("steps").all().stream().filter(step -> step.has("causeChanges"))
            .mapToLong(step -> sum(step.at("causeChanges"))).sum());
    }

    private static long sum(final JsonTree causes) {
        return causes.all().stream().mapToLong(JsonTree::number).sum();
    }

    @Test
    void sourceLinesAreShownWithTheirWords() {
        final CommandRun run = CommandRun.of("profile", "--lines", "--top=30");

        assertEquals(0, run.code(), run.err());
        final List<String> rows = run.out().lines().toList();
        final int row = IntStream.range(0, rows.size())
            .filter(i -> rows.get(i).matches(".*  user/cases_helpers\\.inc:\\d+")).findFirst().orElseThrow();
        assertTrue(rows.get(row + 1).matches(" {38}\\w+ .*"), run.out());
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
        final CommandRun run = CommandRun.of("profile", "--tree", "--top=1000");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
        final List<String> lines = run.out().lines().map(line -> line.length() > 48 ? line.substring(48) : "").toList();
        final List<String> way = List.of("client_main", "  client_main", "    [syscall 1]", "      ipc_fast_call");
        assertTrue(Collections.indexOfSubList(lines, way) >= 0, run.out());
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
        assertTrue(run.out().startsWith("{\n  \"schema\": 2,") && run.out().contains("\"model\": \"unit-1\""),
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
        "--by=cpu --tree           | one at a time",
        "--by=weekday              | 'weekday' is none of routine, line, phase, thread, entry, space, cpu, cause",
        "--tree --json             | --json: has every count already",
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
