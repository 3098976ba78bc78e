package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console as a command: what it reads, writes and ends with. */
class ConsoleCommandTest {
    @TempDir
    private Path directory;

    private Path guest() throws IOException {
        return TinyGuests.write(directory.resolve("guest.elf"), code -> TinyGuests.count(code, 10));
    }

    private CommandRun typing(final String lines) throws IOException {
        return CommandRun.typing(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), "console",
            guest().toString());
    }

    @Test
    void linesOfAPipeAreCommandsAndNothingIsEchoed() throws IOException {
        final CommandRun run = typing("print rcx\nstepi\n\nprint rcx\ncontinue\nexpect console \"done\"\n");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("$1 = "), run.out());
        assertTrue(run.out().contains("| done\nthe guest exited with code 0\n"), run.out());
        assertFalse(run.out().contains("(ringside)"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aWrongLineOfAPipeIsSaidAndTheNextOneIsDone() throws IOException {
        final CommandRun run = typing("brake start\nstepi\n");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("no command 'brake'"), run.err());
        assertTrue(run.out().startsWith("1:0  cycle 1"), run.out());
    }

    @Test
    void quitEndsItWithACode() throws IOException {
        assertEquals(7, typing("quit 7\nprint nonsense\n").code());
    }

    @Test
    void commandsAndScriptsAreDoneInTheOrderGiven() throws IOException {
        final Path script = Files.writeString(directory.resolve("a.ringside"), "stepi\nexpect step == 3\n");

        final CommandRun run = CommandRun.of("console", guest().toString(), "-e", "stepi 2", "--script",
            script.toString(), "-e", "expect step == 3");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("> expect step == 3\n"), run.out());
    }

    @Test
    void aFailedScriptLeavesTheMachineAndAReport() throws IOException {
        final Path script = Files.writeString(directory.resolve("a.ringside"), "stepi 3\nexpect rcx == 77\n");
        final Path report = directory.resolve("report.xml");

        final CommandRun run = CommandRun.of("console", guest().toString(), "--script", script.toString(), "--keep",
            directory.toString(), "--junit", report.toString());

        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().startsWith("ringside: " + script + ":2: expect rcx == 77: expected rcx == 77, but it is "),
            run.err());
        assertTrue(run.err().contains("at 3:0; the machine is in " + directory.resolve("a.ringside.snapshot") + "\n"),
            run.err());
        assertTrue(Files.readString(report).contains("failures=\"1\""), Files.readString(report));
        assertEquals(Files.readString(report), again(script, report), "the same run gives the same bytes");

        final CommandRun from = CommandRun.of("run", guest().toString(), "--from-snapshot",
            directory.resolve("a.ringside.snapshot").toString());
        assertEquals(0, from.code(), from.err());
        assertEquals("done\n", from.out());
    }

    @Test
    void aFailedScriptLeavesTheWayThereAndSaysTheCommandThatOpensIt() throws IOException {
        final Path script = Files.writeString(directory.resolve("a.ringside"), "stepi 3\nexpect rcx == 77\n");

        final CommandRun run = CommandRun.of("console", guest().toString(), "--script", script.toString(), "--keep",
            directory.toString());

        final Path trace = directory.resolve("a.ringside.trace");
        final String opens = "  ringside replay " + trace + " --console --to 3:0\n";
        assertTrue(run.err().endsWith(opens), run.err());
        final CommandRun opened = CommandRun.of(Stream.concat(Stream.of(opens.strip().split(" ")).skip(1),
            Stream.of("-e", "expect step == 3", "-e", "reverse-stepi", "-e", "continue")).toArray(String[]::new));
        assertEquals(0, opened.code(), opened.err());
        assertTrue(opened.out().startsWith("3:0  "), opened.out());
        assertTrue(opened.out().contains("| done\n"), opened.out());
    }

    @Test
    void ofAGuestThatWasChangedThereIsNoTraceAndThatIsSaid() throws IOException {
        final Path script = Files.writeString(directory.resolve("a.ringside"),
            "stepi 3\nset p64[0x300000] = 7\nstepi\nexpect rcx == 77\n");

        final CommandRun run = CommandRun.of("console", guest().toString(), "--script", script.toString(), "--keep",
            directory.toString());

        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().contains("there is no trace: the session changed the guest"), run.err());
        assertTrue(Files.exists(directory.resolve("a.ringside.snapshot")));
        assertTrue(Files.notExists(directory.resolve("a.ringside.trace")));
    }

    @Test
    void theDirectoryForWhatIsKeptIsMade() throws IOException {
        final Path script = Files.writeString(directory.resolve("a.ringside"), "expect rcx == 77\n");
        final Path kept = directory.resolve("not/yet");

        final CommandRun run = CommandRun.of("console", guest().toString(), "--script", script.toString(), "--keep",
            kept.toString());

        assertEquals(1, run.code(), run.err());
        assertTrue(Files.exists(kept.resolve("a.ringside.snapshot")), run.err());
        assertTrue(Files.exists(kept.resolve("a.ringside.trace")), run.err());
    }

    @Test
    void whereNothingCanBeKeptIsSaidBeforeAnythingIsDone() throws IOException {
        final Path script = Files.writeString(directory.resolve("a.ringside"), "echo begun\nexpect rcx == 77\n");
        final Path file = Files.writeString(directory.resolve("file"), "mine\n");
        Files.writeString(directory.resolve("a.ringside.snapshot"), "mine\n");

        for (final Path place : List.of(file, file.resolve("below"), directory)) {
            final CommandRun run = CommandRun.of("console", guest().toString(), "--script", script.toString(),
                "--keep", place.toString());
            assertEquals(2, run.code(), run.err());
            assertTrue(run.err().startsWith("ringside: --keep=" + place), run.err());
            assertEquals("", run.out());
        }
    }

    @Test
    void aMachineWithinABlockIsKeptFromWhereTheBlockBeginsAndTheWayOnIsSaid() throws IOException {
        final Path script = Files.writeString(directory.resolve("a.ringside"), "stepi 2\nexpect rcx == 77\n");

        final CommandRun run = CommandRun.of("console", guest().toString(), "--script", script.toString(), "--keep",
            directory.toString());

        final Matcher told = Pattern.compile("at 2:0; the machine of step (\\d+), where the block begins, is in "
            + "(\\S+)\nringside: in 'console' with the same options '(snapshot load \\2)' and '(goto 2:0)' lead "
            + "there\n")
            .matcher(run.err());
        assertTrue(told.find(), run.err());
        final CommandRun there = CommandRun.of("console", guest().toString(), "-e", told.group(3), "-e",
            "expect step == " + told.group(1), "-e", told.group(4), "-e", "expect step == 2", "-e", "print rip");
        assertEquals(0, there.code(), there.err());
        final CommandRun straight = CommandRun.of("console", guest().toString(), "-e", "stepi 2", "-e", "print rip");
        assertEquals(last(straight), last(there));
    }

    private static String last(final CommandRun run) {
        return run.out().lines().toList().getLast();
    }

    @Test
    void scriptsBehindOneThatFailedAreInTheReportAsSkipped() throws IOException {
        final Path script = Files.writeString(directory.resolve("a.ringside"), "expect rcx == 77\n");
        final Path next = Files.writeString(directory.resolve("b.ringside"), "stepi\n");
        final Path report = directory.resolve("report.xml");

        CommandRun.of("console", guest().toString(), "--script", script.toString(), "-e", "stepi", "--script",
            next.toString(), "--junit", report.toString());

        final String text = Files.readString(report);
        assertTrue(text.contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\">"), text);
        assertTrue(text.contains("name=\"" + next + "\">\n    <skipped message=\"what came before it failed\"/>"),
            text);
    }

    private String again(final Path script, final Path report) throws IOException {
        CommandRun.of("console", guest().toString(), "--script", script.toString(), "--junit", report.toString());
        return Files.readString(report);
    }

    @Test
    void aWrongScriptIsWrongUse() throws IOException {
        final CommandRun run = CommandRun.of("console", guest().toString(), "--script",
            directory.resolve("none").toString());

        assertEquals(2, run.code());
        assertTrue(run.err().contains("there is no such file"), run.err());
    }

    @Test
    void itIsTheMachineThatRunBoots() throws IOException {
        final CommandRun run = CommandRun.of("console", guest().toString(), "--smp", "2", "--memory", "32M", "-e",
            "cpu", "-e", "info image", "-e", "print phys(0x1ff0000)");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("* 0  cycle 0") && run.out().contains("  1  cycle 0"), run.out());
    }

    private static CommandRun console(final List<String> commands, final String... guest) {
        return CommandRun.of(Stream.of(Stream.of("console"), Stream.of(guest), commands.stream())
            .flatMap(words -> words).toArray(String[]::new));
    }

    @Test
    void aScenarioIsTheRunThatItSaysWithWhatWasTypedAtItsPlaces() throws IOException {
        final Path keys = directory.resolve("keys.jsonl");
        final CommandRun recorded = CommandRun.typing(
            new ByteArrayInputStream("echo hello\nexit\n".getBytes(StandardCharsets.US_ASCII)), "run",
            "--append=shell", "--memory=32M", "--record-input", keys.toString());
        assertEquals(0, recorded.code(), recorded.err());
        final Path scenario = Files.writeString(directory.resolve("scenario.json"), """
            {"append": "shell", "memory": "32M", "input": "keys.jsonl", "interval": 25000}
            """);

        final List<String> commands = Stream.of("continue", "expect stop end", "bookmark end",
            "tbreak console \"hello\"", "reverse-continue", "expect stop console", "goto end",
            "expect console \"bantam: done\"").flatMap(command -> Stream.of("-e", command)).toList();
        final CommandRun run = console(commands, scenario.toString());

        assertEquals(0, run.code(), run.err() + run.out());
        recorded.out().lines().forEach(line -> assertTrue(run.out().contains("| " + line), line));
        assertEquals(run.out(), console(commands, "--append=shell", "--memory=32M", "--input", keys.toString()).out());
    }

    @Test
    void aScenarioMayNotSayWhatIsDoneAtTheConsole() throws IOException {
        final Path scenario = Files.writeString(directory.resolve("scenario.json"), """
            {"append": "shell", "junit": "report.xml"}
            """);

        final CommandRun run = CommandRun.of("console", scenario.toString(), "-e", "continue");

        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains("no such field: junit"), run.err());
    }
}
