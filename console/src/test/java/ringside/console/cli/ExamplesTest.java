package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ringside.profiler.trace.Trace;

/** Every example builds, runs, and prints what it says that it prints. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Pattern SAID = Pattern.compile("executes (\\d+) instructions");
    private static final Pattern COMMAND = Pattern.compile("(?m)^scripts/ringside ((?:run --count|console|check) .*)$");
    private static final Pattern TRANSCRIBED = Pattern.compile("(?m)^scripts/ringside ((?:bench|profile) .*)$");
    private static final Pattern OTHERS =
        Pattern.compile("(?m)^scripts/ringside ((?:verify|run|profile) (?!--count|--record)\\S.*)$");
    /** Blanks with as many quotes behind them as begin and end words. */
    private static final String BETWEEN_WORDS = " +(?=(?:[^']*'[^']*')*[^']*$)";
    /** A number that is a result: of three digits at least, or with a point. */
    private static final Pattern FIGURE = Pattern.compile("(?<![\\w.])(?:\\d{3,}|\\d+\\.\\d+)(?![\\w.]*\\w)");
    private static final Pattern COUNTED = Pattern.compile("(\\d+) instructions,");

    @TempDir
    private Path directory;

    static List<Path> examples() throws IOException {
        try (Stream<Path> entries = Files.list(EXAMPLES)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Those that are about one guest, which runs by itself. */
    static List<Path> guests() throws IOException {
        final List<Path> guests = new ArrayList<>();
        for (final Path example : examples()) {
            final Matcher command = COMMAND.matcher(Files.readString(example.resolve("README.md")));
            if (command.find() && !command.group(1).startsWith("check")) {
                guests.add(example);
            }
        }
        return guests;
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

        if (Files.exists(example.resolve("gate.toml"))) {
            assumeTools("as", "ld");
        }
        final String text = Files.readString(example.resolve("README.md"));
        final String printed;
        if (COMMAND.matcher(text).find()) {
            final CommandRun run = here(first(COMMAND, text));
            assertEquals(0, run.code(), run.err());
            printed = plain(run.out());
            said(text, run);
        } else {
            printed = transcript(text);
        }
        final Path wanted = Path.of("target", "examples", example.getFileName() + ".txt");
        Files.createDirectories(wanted.getParent());
        Files.writeString(wanted, printed);
        assertEquals(Files.readString(example.resolve("expected.txt")), printed, "what it prints is in " + wanted);
        // What a person types is not there in a test.
        final Matcher others = OTHERS.matcher(text.replaceAll("(?m)^.*mine\\.jsonl.*$", ""));
        while (others.find()) {
            final CommandRun other = here(others.group(1));
            assertEquals(0, other.code(), others.group() + ": " + other.err());
        }
    }

    private static void said(final String text, final CommandRun run) {
        if (SAID.matcher(text).find()) {
            assertEquals(first(SAID, text), first(COUNTED, run.err()));
        }
    }

    /** All that several commands print, each behind itself. */
    private String transcript(final String text) {
        final StringBuilder all = new StringBuilder();
        final Matcher commands = TRANSCRIBED.matcher(text);
        while (commands.find()) {
            final CommandRun run = here(commands.group(1));
            assertEquals(0, run.code(), commands.group() + ": " + run.err());
            all.append(all.isEmpty() ? "" : "\n").append("$ ").append(commands.group()).append('\n')
                .append(plain(run.out()));
        }
        assertTrue(!all.isEmpty(), "no command of the README prints what expected.txt has");
        return all.toString();
    }

    /** An output as it is of a test's own places as well. */
    private String plain(final String output) {
        return output.replace(directory + "/", "/tmp/").replace(EXAMPLES + "/", "examples/");
    }

    /** Numbers in a README that an output has beside it are the output's: from 100 on each stands there. */
    @ParameterizedTest
    @MethodSource("examples")
    void everyNumberOfAReadmeAboutAnOutputStandsThere(final Path example) throws IOException {
        final String expected = Files.readString(example.resolve("expected.txt"));
        final String text = Files.readString(example.resolve("README.md"));
        if (!COMMAND.matcher(text).results().allMatch(found -> found.group(1).startsWith("run"))
                || !COMMAND.matcher(text).find()) {
            final Matcher numbers = FIGURE.matcher(text.replaceAll("(?s)```.*?```", "").replaceAll("\\(.*?\\)", ""));
            while (numbers.find()) {
                assertTrue(Pattern.compile("(?<![0-9.])" + Pattern.quote(numbers.group()) + "(?![0-9])")
                    .matcher(expected).find(), numbers.group() + " is not in expected.txt");
            }
        }
    }

    @Test
    void aFastPathOfOnesOwnIsTheKernelsButForWhatTheReadmeShows() throws IOException {
        final List<String> kernels = new ArrayList<>(Files.readAllLines(
            Path.of("..", "guest-kernel", "src", "main", "asm", "ipc", "ipc_fast_call.asm")));
        final List<String> own = new ArrayList<>(Files.readAllLines(
            EXAMPLES.resolve("custom-fast-path").resolve("my_call.asm")));
        final List<String> both = List.copyOf(own);
        own.removeAll(kernels);
        kernels.removeAll(both);

        assertEquals(List.of("        ja      .words_3", "        jnz     .words_1"),
            own.stream().filter(line -> !kernels.contains(line)).toList());
        assertEquals(List.of("        jb      .words_1", "        jmp     .words_3", "        jz      .words_0",
            ".words_0:"), kernels.stream().sorted().toList());
    }

    /** Its guest alone: no script stops it, and no file counts. */
    @ParameterizedTest
    @MethodSource("guests")
    void recordingOfAnExamplesGuestComesAgainInEveryStateHash(final Path example)
            throws IOException, InterruptedException {
        if (Files.exists(example.resolve("build"))) {
            build(example);
        }
        final Matcher command = COMMAND.matcher(Files.readString(example.resolve("README.md")));
        assertTrue(command.find(), example::toString);
        final String guest = command.group(1).replaceFirst("^(run --count|console) ", "")
            .replaceAll("--(script|sources) \\S+", "");

        // Bantam's demonstration alone is long: its beginning has to do.
        final boolean ends = !example.endsWith("first-ipc");
        assertEquals(ends, comesAgain(guest.strip(), ends ? 20_000_000 : 2_000_000), "whether it came to its end");
    }

    /** Images that {@code bench} writes, in the machines that it names. */
    @ParameterizedTest
    @CsvSource({"false-sharing-ring/ring.toml, packed", "false-sharing-ring/ring.toml, padded",
        "custom-fast-path/answers.toml, kernel", "custom-fast-path/answers.toml, mine"})
    void recordingOfAnImageOfTheLaboratoryComesAgainInEveryStateHash(final String experiment, final String variant)
            throws IOException {
        final CommandRun written = here("bench examples/" + experiment + " --image " + variant
            + " --output /tmp/image.elf");
        assertEquals(0, written.code(), written.err());
        final Matcher runs = Pattern.compile("ringside run (.*)").matcher(written.out());
        assertTrue(runs.find(), written.out());
        assertTrue(comesAgain(runs.group(1).strip().replace(directory + "/", "/tmp/"), 20_000_000));
    }

    /** Records a guest and runs it again: {@return whether it came to its end}. */
    private boolean comesAgain(final String guest, final long budget) throws IOException {
        final CommandRun recorded = here("record --events --budget " + budget
            + " --checkpoint 50000 -o /tmp/example.trace " + guest);
        // A guest that fails may be what the example is about.
        assertTrue(recorded.code() <= ExitStatus.GUEST_FAILED.code(), recorded.err());
        final Trace trace = Trace.read(directory.resolve("example.trace"));
        final CommandRun replayed = here("replay --trust /tmp/example.trace");
        assertEquals(0, replayed.code(), replayed.out() + replayed.err());
        assertTrue(replayed.out().startsWith("equal: " + trace.steps() + " steps, " + trace.stretches().size()),
            replayed.out());
        return trace.end().orElseThrow().over();
    }

    private CommandRun here(final String command) {
        final String[] words = command.replace("/tmp/", directory + "/").replace("examples/", EXAMPLES + "/")
            .replace("--sources .", "--sources ..").replaceFirst(" +#.*", "").split(BETWEEN_WORDS);
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
        final Process build = new ProcessBuilder("sh", "examples/" + example.getFileName() + "/build",
            directory.toAbsolutePath().toString()).directory(EXAMPLES.toFile().getParentFile())
            .redirectErrorStream(true).start();
        final String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, build.waitFor(), said);
    }

    private static void assumeTools(final String... tools) {
        for (final String tool : tools) {
            assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, tool))),
                    "skipped: " + tool + " is not on the PATH");
        }
    }

    private static String first(final Pattern pattern, final String text) {
        final Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), pattern + " is not in: " + text);
        return matcher.group(1);
    }
}
