package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example builds, runs, and prints what it says that it prints. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Pattern SAID = Pattern.compile("executes (\\d+) instructions");
    private static final Pattern COMMAND = Pattern.compile("(?m)^scripts/ringside (run --count .*|console .*)$");
    /** Positions, addresses and cycles are another build's where Bantam has changed; its names and texts stay. */
    private static final Pattern NUMBERS = Pattern.compile("\\b(?:0x)?[0-9a-f]*\\d[0-9a-f]*\\b");
    private static final Pattern OTHERS =
        Pattern.compile("(?m)^scripts/ringside ((?:verify|run|profile) (?!--count|--record)\\S.*)$");
    /** Blanks with as many quotes behind them as begin and end words. */
    private static final String BETWEEN_WORDS = " +(?=(?:[^']*'[^']*')*[^']*$)";
    private static final Pattern COUNTED = Pattern.compile("(\\d+) instructions,");

    @TempDir
    private Path directory;

    static List<Path> examples() throws IOException {
        try (Stream<Path> entries = Files.list(EXAMPLES)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void everyExampleIsInTheTable() throws IOException {
        final String table = Files.readString(EXAMPLES.resolve("README.md"));
        for (final Path example : examples()) {
            assertTrue(table.contains("(" + example.getFileName() + "/)"), "not in examples/README.md: " + example);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleDoesWhatItSays(final Path example) throws IOException, InterruptedException {
        // A program of Bantam needs nothing but the launcher.
        if (Files.exists(example.resolve("build"))) {
            build(example);
        }

        final String text = Files.readString(example.resolve("README.md"));
        final CommandRun run = here(first(COMMAND, text));

        assertEquals(0, run.code(), run.err());
        final String expected = Files.readString(example.resolve("expected.txt"));
        assertEquals(comparable(text, expected), comparable(text, run.out()));
        if (SAID.matcher(text).find()) {
            assertEquals(first(SAID, text), first(COUNTED, run.err()));
        }
        // What a person types is not there in a test.
        final Matcher others = OTHERS.matcher(text.replaceAll("(?m)^.*mine\\.jsonl.*$", ""));
        while (others.find()) {
            final CommandRun other = here(others.group(1));
            assertEquals(0, other.code(), others.group() + ": " + other.err());
        }
    }

    private static String comparable(final String readme, final String output) {
        return readme.contains("ringside console") ? NUMBERS.matcher(output).replaceAll("#").replaceAll(" +", " ")
            : output;
    }

    private CommandRun here(final String command) {
        final String[] words = command.replace("/tmp/", directory + "/").replace("examples/", EXAMPLES + "/")
            .replaceFirst(" +#.*", "").split(BETWEEN_WORDS);
        return CommandRun.of(Stream.of(words).map(word -> word.replace("'", "")).toArray(String[]::new));
    }

    @Test
    void anElf32FileIsDisassembledIn32Bits() throws IOException, InterruptedException {
        build(EXAMPLES.resolve("multiboot1-to-long-mode"));

        final CommandRun run = CommandRun.of("disasm", "--image", directory.resolve("kernel.elf").toString(), "start");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("ljmp 8:0x"), run.out());
        assertTrue(!run.out().contains("movabs"), "A3 has an address of 4 bytes: " + run.out());
    }

    private void build(final Path example) throws IOException, InterruptedException {
        for (final String tool : List.of("as", "ld", "objcopy")) {
            assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, tool))),
                    "skipped: " + tool + " is not on the PATH");
        }
        final Process build = new ProcessBuilder(example.resolve("build").toString(), directory.toString())
                .redirectErrorStream(true).start();
        final String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, build.waitFor(), said);
    }

    private static String first(final Pattern pattern, final String text) {
        final Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), pattern + " is not in: " + text);
        return matcher.group(1);
    }
}
