package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on shipped structures. */
class InterleaveCommandTest {
    @Test
    void aStructureThatSurvivesEndsWithNothingWrongAndTheSameBytesTwice() {
        final CommandRun run = CommandRun.of("interleave", "spsc", "--scenario", "full");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("all survived"), run.out());
        assertEquals(run, CommandRun.of("interleave", "spsc", "--scenario", "full"));
    }

    @Test
    void aBugIsShownWithAScheduleThatShowsItAgainInstructionByInstruction() {
        final CommandRun run = CommandRun.of("interleave", "spsc", "--mutant", "index-before-value");
        assertEquals(1, run.code(), run.err());
        assertTrue(run.out().contains("  CPU 0  put 16"), run.out());
        assertTrue(run.out().contains("mov [rdi + RING_PUT], rcx"), "the instruction at the switch: " + run.out());
        final Matcher again = Pattern.compile("--scenario (\\S+) --schedule \"(.*)\"").matcher(run.out());
        assertTrue(again.find(), run.out());
        run.out().lines().filter(line -> !line.startsWith("  ringside ") && !line.contains("RING_SHIFT"))
            .forEach(line -> assertTrue(line.length() <= 80 && line.equals(line.stripTrailing()), line));
        final CommandRun replay = CommandRun.of("interleave", "spsc", "--mutant", "index-before-value",
            "--scenario", again.group(1), "--schedule", again.group(2));
        assertEquals(1, replay.code(), replay.err());
        assertTrue(Pattern.compile("\n0 +19 +list_put\\+\\d+ +mov \\[rdi \\+ RING_PUT\\], rcx +ring-spsc.asm:\\d+\n")
            .matcher(replay.out()).find(), replay.out());
        assertEquals(0, CommandRun.of("interleave", "spsc", "--scenario", again.group(1), "--schedule",
            again.group(2)).code(), "without the bug the same schedule is fine");
    }

    @Test
    void allPlantedBugsFoundIsFine() {
        final CommandRun run = CommandRun.of("interleave", "locked-ticket", "--mutants", "--json");
        assertEquals(0, run.code(), run.err());
        assertEquals(2, run.out().split("\"failed\": true", -1).length - 1, run.out());
        assertEquals(1, CommandRun.of("interleave", "locked-ticket", "--mutants", "--preemptions", "0").code(),
            "one that is not found is not");
    }

    @Test
    void whatIsClaimedOfAStructureIsDecidedByItsSchedules() {
        final CommandRun run = CommandRun.of("interleave", "wait", "--claims");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\ncontradicted  row 85: acquire and release"), run.out());
        assertTrue(run.out().contains("\nreproduced    rows 2, 40: "), run.out());
    }

    @Test
    void aStructureWithoutBugsToPlantIsToldSo(@TempDir final Path home) throws IOException {
        final Path file = Files.writeString(home.resolve("mine.toml"), """
            title = "Nothing is planted here"
            sources = ["lib/queue-vyukov.asm"]
            model = "queue"
            [scenario.one]
            scripts = ["put", "take"]
            """);
        for (final String[] words : new String[][] {{"--mutants"}, {"--mutant", "any"}}) {
            final CommandRun run = CommandRun.of(Stream.concat(Stream.of("interleave", file.toString()),
                Stream.of(words)).toArray(String[]::new));
            assertEquals(2, run.code(), run.err());
            assertEquals("ringside: --mutant and --mutants: " + file + " declares no bug to plant\n", run.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "spsc --scenario none", "spsc --mutant none", "spsc --schedule 0:0",
        "spsc --schedule 7:1", "spsc --preemptions 3", "spsc --memory weak", "spsc --mutants --claims"})
    void aWrongUseIsRefusedInOneLine(final String words) {
        final CommandRun run = CommandRun.of(("interleave " + words).split(" "));
        assertEquals(2, run.code(), words);
        assertEquals("", run.out(), words);
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
