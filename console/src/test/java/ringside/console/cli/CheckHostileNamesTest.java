package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.codegen.Reg32;

/** Names of baselines and images are anybody's, and what shows them is a terminal or the log of a build service. */
class CheckHostileNamesTest {
    private static final String SYMBOL = "evil\n::warning::x\u001b[31m\u009b2J";

    @TempDir
    private Path directory;

    private Path baseline() {
        return directory.resolve("baseline/gate.json");
    }

    private Path gate(final int instructions) throws IOException {
        TinyGuests.write(directory.resolve("k.elf"), code -> {
            code.inc(Reg32.EAX);
            code.global(SYMBOL);
            for (int i = 0; i < instructions; i++) {
                code.inc(Reg32.EAX);
            }
            code.global("to");
            TinyGuests.exit(code);
        });
        return Files.writeString(directory.resolve("gate.toml"), """
            [[image]]
            name = "k"
            file = "k.elf"
            [[image.path]]
            name = "p"
            from = "start+0x2"
            to = "to"
            """);
    }

    private static void assertHarmless(final String text) {
        assertTrue(text.chars().noneMatch(letter -> letter != '\n' && Character.isISOControl(letter)), text);
        assertTrue(text.lines().noneMatch(line -> line.stripLeading().startsWith("::") || line.contains("##[")), text);
    }

    @Test
    void aSymbolIsNoCommandAnywhere() throws IOException {
        final Path gate = gate(1);
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        gate(2);
        final Path junit = directory.resolve("junit.xml");
        final Path summary = directory.resolve("summary.md");
        final CommandRun run = CommandRun.of("check", gate.toString(), "--junit", junit.toString(), "--markdown",
            summary.toString());

        assertEquals(3, run.code(), run.err());
        assertTrue(run.out().contains("evil?::warning::x?[31m?2J"), run.out());
        for (final String text : List.of(run.out(), Files.readString(junit), Files.readString(summary))) {
            assertHarmless(text);
        }
        final CommandRun annotated = CommandRun.of("check", gate.toString(), "--annotations");
        final List<String> commands =
            annotated.out().lines().filter(line -> line.stripLeading().startsWith("::")).toList();
        assertEquals(1, commands.size(), annotated.out());
        assertTrue(commands.getFirst().startsWith("::error ") && commands.getFirst().contains("evil?::warning::x?[31m"),
            annotated.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"k/p", "reads"})
    void aNameWithControlCharactersIsRefused(final String name) throws IOException {
        final Path gate = gate(1);
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        Files.writeString(baseline(), Files.readString(baseline())
            .replace('"' + name + '"', "\"x\\n::error::pwned\\u001b[31m\""));
        final CommandRun run = CommandRun.of("check", gate.toString(), "--annotations");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("a name has no control characters: x?::error::pwned?[31m"), run.err());
        assertHarmless(run.err());
    }

    @Test
    void aNameThatLooksLikeACommandIsNone() throws IOException {
        final Path gate = gate(1);
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        Files.writeString(baseline(), Files.readString(baseline()).replace("\"k/p\"", "\"::error::pwned ##[x]\""));
        final CommandRun run = CommandRun.of("check", gate.toString());

        assertEquals(3, run.code());
        assertTrue(run.out().contains("\n?:error::pwned #?[x]: missing\n"), run.out());
        assertHarmless(run.out());
        final CommandRun update = CommandRun.of("check", "--update", gate.toString());
        assertTrue(update.out().contains("gone: ::error::pwned"), update.out());
        assertHarmless(update.out());
    }

    @Test
    void aNumberThatNoRunHasIsRefused() throws IOException {
        final Path gate = gate(1);
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        final String kept = Files.readString(baseline());
        for (final String number : List.of("9223372036854775807", "-9223372036854775808")) {
            Files.writeString(baseline(), kept.replace("\"rounds\": 1", "\"rounds\": " + number));
            final CommandRun run = CommandRun.of("check", gate.toString());
            assertEquals(2, run.code(), run.err());
            assertTrue(run.err().contains("a number from -9007199254740992 to "), run.err());
            assertFalse(run.err().contains("overflow"), run.err());
        }
    }

    @Test
    void anOptionsTextWithControlCharactersIsRefused() throws IOException {
        final String runs = directory.resolve("runs.db").toString();
        for (final String option : List.of("--revision", "--time")) {
            final CommandRun run =
                CommandRun.of("check", gate(1).toString(), "--history", runs, option, "a\u001b[2J");
            assertEquals(2, run.code());
            assertEquals("ringside: " + option + ": no control characters are wanted: a?[2J\n", run.err());
        }
    }
}
