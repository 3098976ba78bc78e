package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Experiments by the command line. */
class LabBenchTest {
    @TempDir
    private Path home;

    @Test
    void theListNamesEveryExperimentWithItsTitle() {
        final CommandRun run = CommandRun.of("bench", "--list");
        assertEquals(0, run.code(), run.err());
        assertTrue(Pattern.compile("(?m)^false-sharing +Indices of several CPUs, in one line and in a line each$")
            .matcher(run.out()).find(), run.out());
    }

    @Test
    void tablesFitEightyColumnsAndSayWhatWasFound() {
        for (final String name : List.of("false-sharing", "message-fast-path")) {
            final CommandRun run = CommandRun.of("bench", name);
            assertEquals(0, run.code(), run.err());
            run.out().lines().forEach(line ->
                assertTrue(line.length() <= 80 && line.equals(line.stripTrailing()), line));
            assertTrue(run.out().contains("\nwindow op") && run.out().contains("Measuring costs nothing: "), run.out());
        }
    }

    @Test
    void longNamesOfParametersLeaveRoomForWhatWasFound() throws IOException {
        Files.writeString(home.resolve("step.asm"), """
            %include "stand/stand.inc"
                    section .text
                    global  workload_cpu
            workload_cpu:
                    mov     ebx, 64
                    TRIAL   0, 0, 0
            .next:
                    OP_BEGIN
                    inc     r12
                    OP_END
                    CONTROL
                    dec     ebx
                    jnz     .next
                    TRIAL_END
                    ret
            """);
        final CommandRun run = CommandRun.of("bench", Files.writeString(home.resolve("step.toml"), """
            title = "A step"
            stand = "bare"
            sources = ["step.asm"]
            models = ["zen4"]
            [sweep]
            SHORT = [1]
            A_PARAMETER_WHOSE_NAME_IS_VERY_LONG = [2, 3]
            ANOTHER_PARAMETER_WHOSE_NAME_IS_LONG = [4]
            [variant.step]
            baseline = true
            """).toString());
        assertEquals(0, run.code(), run.err());
        run.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(Pattern.compile("(?m)^#\\d is A_PARAMETER_WHOSE_NAME_IS_VERY_LONG").matcher(run.out()).find()
            && run.out().contains(" zen4/base ") && run.out().contains("SHORT"), run.out());
    }

    @Test
    void twoRunsPrintTheSameBytes() {
        final CommandRun first = CommandRun.of("bench", "message-fast-path", "--json");
        assertEquals(0, first.code(), first.err());
        assertTrue(first.out().contains("\"verdict\": \"partly\""), first.out());
        assertEquals(first, CommandRun.of("bench", "message-fast-path", "--json"));
    }

    @Test
    void valuesHaveTheirParametersAsColumns() {
        final CommandRun run = CommandRun.of("bench", "false-sharing", "--csv");
        assertEquals(0, run.code(), run.err());
        final List<String> lines = run.out().lines().toList();
        assertEquals("experiment,cpus,variant,window,metric,count,sum,min,p50,p90,p99,max", lines.getFirst());
        assertTrue(lines.contains("false-sharing,4,padded,op,instructions,960,960,1,1,1,1,1"), run.out());
    }

    @Test
    void theCyclesOfGoneNewAndKeptInstructionsAddUpToTheDifference() {
        final CommandRun run = CommandRun.of("bench", "message-fast-path", "--explain", "fast", "--at", "words=4");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("fast against slow at words=4: "), run.out());
        final long change = number(run.out(), " +\\d+ +\\d+ +([+-]\\d+)  cycles");
        final Matcher parts = Pattern.compile("(?m)^ *([+-]\\d+) cycles: ").matcher(run.out());
        assertEquals(change, parts.results().mapToLong(part -> Long.parseLong(part.group(1))).sum());
        assertEquals(change, number(run.out(), " *([+-]\\d+) cycles in all"));
        final Matcher causes = Pattern.compile("(?m)^ +\\d+ +\\d+ +([+-]\\d+)    ").matcher(run.out());
        assertEquals(change, causes.results().mapToLong(cause -> Long.parseLong(cause.group(1))).sum());
        final Matcher steps = Pattern.compile("(?m)^[-+~ ] +\\d+ .{6} *([+-]\\d+)  |^[-+] {8}.{6} ([ +-]{1,5}\\d+)  ")
            .matcher(run.out().substring(run.out().indexOf("Instructions as they retired")));
        assertEquals(change, steps.results().mapToLong(step ->
            Long.parseLong((step.group(1) != null ? step.group(1) : step.group(2)).strip())).sum(), run.out());
    }

    @Test
    void claimsAreOneReportTheSameEachTime() throws IOException {
        final Path file = home.resolve("claims.md");
        final CommandRun first = CommandRun.of("bench", "--claims", "--rows", "38,86", "--output", file.toString());
        assertEquals(new CommandRun(0, "", first.err()), first);
        final String report = Files.readString(file);
        assertTrue(Pattern.compile("- \\*\\*partly\\*\\*: .*`cycles.zen4`: fast \\d+, slow \\d+ at .* times better, "
            + "claimed 10"
            + ".*\n(  - .*\n)*  - Causes that differ most: .*\n  - Instruction by instruction, in the median round: ")
            .matcher(report).find(), report);
        assertEquals(report, CommandRun.of("bench", "--claims", "--rows", "38,86").out());
    }

    @Test
    void theImageOfAVariantRunsByItselfAsItDoesInTheExperiment() throws IOException {
        final Path file = home.resolve("windowed.elf");
        final CommandRun written = CommandRun.of("bench", "windowed-switch", "--image", "windowed", "--at", "LIVE=6",
            "--output", file.toString());
        assertEquals(new CommandRun(0, "windowed LIVE=6: ringside run " + file + " --memory 64M --quantum 50\n", ""),
            written);
        final String[] run = ("run " + file + " --memory 64M --quantum 50 --count").split(" ");
        final CommandRun alone = CommandRun.of(run);
        assertEquals(0, alone.code(), alone.err());
        final CommandRun csv = CommandRun.of("bench", "windowed-switch", "--csv");
        final Matcher trial = Pattern.compile("(?m)^windowed-switch,6,windowed,trial,instructions,1,(\\d+),")
            .matcher(csv.out());
        assertTrue(trial.find(), csv.out());
        final Matcher count = Pattern.compile("([\\d,]+) instructions").matcher(alone.err());
        assertTrue(count.find(), alone.err());
        final long all = Long.parseLong(count.group(1).replace(",", ""));
        assertTrue(all > Long.parseLong(trial.group(1)), alone.err());
    }

    private static long number(final String text, final String pattern) {
        final Matcher found = Pattern.compile("(?m)^" + pattern).matcher(text);
        assertTrue(found.find(), text);
        return Long.parseLong(found.group(1));
    }

    @Test
    void anEmittedInstructionIsExplainedByItsLineOfJava() {
        final CommandRun run =
            CommandRun.of("bench", "generated-ring", "--explain", "generated", "--at", "CAPACITY=16");
        assertEquals(0, run.code(), run.err());
        assertTrue(Pattern.compile("(?m)^ +list_(put|take), ringside/fastpath/codegen/SpscRing\\.java\n"
            + "\\+ .* :\\d+$").matcher(run.out()).find(), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-experiment", "none.toml", "false-sharing --json --csv", "--csv", "--explain",
        "false-sharing --explain slow", "--list false-sharing", "--claims false-sharing", "--claims --rows 38,999",
        "--claims --csv", "--rows 38", "--image a --output x",
        "false-sharing --image packed", "false-sharing --output x", "false-sharing --image none --output x",
        "false-sharing --image packed --at cpus=9 --output x", "--claims --output /no/such/place.md",
        "false-sharing --at cpus=9 --explain"})
    void whatIsNotThereIsRefusedInOneLine(final String words) {
        final String[] parts = ("bench " + words).split(" ");
        final CommandRun run = CommandRun.of(parts);
        assertEquals(2, run.code(), run.out());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("ringside: ") && run.err().lines().count() == 1, run.err());
    }

    @Test
    void aUsersWrongDeclarationAndSourceAreNamedWithTheirPlaces() throws IOException {
        final Path toml = home.resolve("my.toml");
        Files.writeString(toml, """
            title = "t"
            stand = "bare"
            sources = ["work.asm"]
            sped = 1
            [variant.a]
            baseline = true
            """);
        Files.writeString(home.resolve("work.asm"), "        mov     eax\n");
        assertEquals("ringside: " + toml + ": sped: unknown key\n", CommandRun.of("bench", toml.toString()).err());
        Files.writeString(toml, Files.readString(toml).replace("sped = 1\n", ""));
        final CommandRun run = CommandRun.of("bench", toml.toString());
        assertEquals(2, run.code());
        assertTrue(run.err().startsWith("ringside: work.asm:1: "), run.err());
    }
}
