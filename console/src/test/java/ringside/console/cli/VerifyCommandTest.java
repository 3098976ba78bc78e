package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {
    @TempDir
    private Path directory;

    private Path counting() throws IOException {
        return TinyGuests.write(directory.resolve("guest.elf"), code -> TinyGuests.count(code, 20_000));
    }

    @Test
    void twoRunsOfAGuestAreEqual() throws IOException {
        final CommandRun run = CommandRun.of("verify", counting().toString(), "--interval", "10000");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("equal: two runs, 6 comparisons, one every 10000 steps\n"), run.out());
        assertTrue(run.out().contains("\n  guest     the guest exited with code 0\n"), run.out());
        assertTrue(run.out().contains("\n  steps     40014\n  cycles    40014 (unit-1)\n  serial    5 bytes, "),
            run.out());
        assertEquals("", run.err());
    }

    @Test
    void aScenarioNamesWhatIsRunRelativeToItself() throws IOException {
        counting();
        Files.writeString(directory.resolve("keys.jsonl"), "{\"ringside-input\": 1}\n");
        final Path scenario = Files.writeString(directory.resolve("scenario.json"), """
            {"image": "guest.elf", "memory": "4M", "smp": 2, "input": "keys.jsonl", "interval": 25000}
            """);

        final CommandRun run = CommandRun.of("verify", scenario.toString());
        final CommandRun often = CommandRun.of("verify", scenario.toString(), "--interval=20000");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("equal: two runs, 3 comparisons, one every 25000 steps\n"), run.out());
        assertEquals(0, often.code(), often.err());
        assertTrue(often.out().startsWith("equal: two runs, 4 comparisons, one every 20000 steps\n"), often.out());
    }

    @Test
    void aBudgetEndsBothRunsAndTheResultIsJsonOnRequest() throws IOException {
        final CommandRun run = CommandRun.of("verify", "--json", "--budget", "1000", counting().toString());

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\"equal\": true,"), run.out());
        assertTrue(run.out().contains("\"comparisons\": 2,"), run.out());
        assertTrue(run.out().contains("\"result\": \"\","), run.out());
        assertFalse(run.out().contains("difference"), run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"image\": \"guest.elf\", \"speed\": 1}      | scenario: no such field: speed",
        "{\"image\": \"guest.elf\", \"serve\": true}   | scenario: no such field: serve",
        "{\"image\": \"guest.elf\", \"image\": \"x\"}  | line 1, column 24: the field 'image' is there twice",
        "{\"image\": \"scenario.json\"}                | scenario: image: that is a scenario itself",
        "{\"image\": 5}                                | scenario: image: text is expected",
        "{\"image\": \"guest.elf\", \"memory\": null}  | scenario: memory: text, a whole number",
        "{\"image\": \"guest.elf\"                     | line 1, column 22: no JSON: it ends too early",
        "{\"image\": \"guest.elf\", \"memory\": \"1M\"} | '1M' is not whole pages",
        "{\"image\": \"guest.elf\", \"smp\": 99}       | --smp: ",
        "{\"image\": \"nothing.elf\"}                  | nothing.elf: file: there is no such file",
        "{\"image\": \"guest.elf\", \"input\": \"no\"} | /no: file: there is no such file",
        "{\"image\": \"guest.elf\", \"interval\": 0}   | --interval=0: at least 1 step",
        "{\"image\": \"guest.elf\", \"disk\": \"d\"}   | two runs cannot both write to a file"})
    void whatIsNoScenarioIsRefused(final String text, final String message) throws IOException {
        counting();
        final Path scenario = Files.writeString(directory.resolve("scenario.json"), text);

        final CommandRun run = CommandRun.of("verify", scenario.toString());

        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void aMistakeInAScenarioIsSaidWithLineAndColumnInWordsOfOurs() throws IOException {
        final Path scenario = Files.writeString(directory.resolve("scenario.json"), """
            {
              "image": "guest.elf"
              "smp": 2
            }
            """);

        final CommandRun run = CommandRun.of("verify", scenario.toString());

        assertEquals(new CommandRun(2, "", "ringside: " + scenario + ": line 3, column 3: no JSON: "
            + "'\"' is not expected here" + System.lineSeparator()), run);
    }

    @Test
    void inputComesAtItsPlaceInBothRuns() throws IOException {
        final Path guest = TinyGuests.write(directory.resolve("echo.elf"), TinyGuests::echo);
        final Path keys = Files.writeString(directory.resolve("keys.jsonl"), """
            {"ringside-input": 1}
            {"cycle": 100000, "text": "hal"}
            {"cycle": 2000000, "bytes": "71"}
            """);

        final CommandRun once = CommandRun.of("run", guest.toString(), "--input", keys.toString());
        final CommandRun twice = CommandRun.of("verify", guest.toString(), "--input", keys.toString());

        assertEquals(new CommandRun(0, "ibmr", ""), once);
        assertEquals(0, twice.code(), twice.err() + twice.out());
        assertTrue(twice.out().contains("\n  serial    4 bytes, "), twice.out());
    }
}
