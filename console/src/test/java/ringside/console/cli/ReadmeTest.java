package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README's commands work, and what it shows as output is output. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..").normalize();
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OUTPUT =
        Pattern.compile("<!-- output of: scripts/ringside (.*?) -->\n```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)\\)");
    private static final String LAUNCHER = "scripts/ringside ";

    @TestFactory
    Stream<DynamicTest> everyCommandOfTheReadmeEndsWell() throws IOException {
        return commands().stream().filter(command -> command.startsWith(LAUNCHER))
            .map(command -> DynamicTest.dynamicTest(command, () -> {
                final CommandRun run = CommandRun.of(command.substring(LAUNCHER.length())
                    .replace("examples/", ROOT.resolve("examples") + "/")
                    .replace(" gate.toml", " " + ROOT.resolve("gate.toml")).split(" +"));
                assertEquals(0, run.code(), command + ": " + run.err());
                assertFalse(run.out().isEmpty(), command);
            }));
    }

    @TestFactory
    Stream<DynamicTest> everyOutputOfTheReadmeIsOne() throws IOException {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Matcher block = OUTPUT.matcher(readme()); block.find();) {
            final String command = block.group(1);
            final String shown = block.group(2);
            tests.add(DynamicTest.dynamicTest(command,
                () -> assertShows(shown, CommandRun.of(command.split(" +")).out())));
        }
        assertFalse(tests.isEmpty(), "the README shows a real output");
        return tests.stream();
    }

    /** What is shown is there, in order; a line of three dots stands for any lines left out. */
    private static void assertShows(final String shown, final String out) {
        int from = 0;
        for (final String part : shown.split("(?m)^\\.\\.\\.\n")) {
            final int at = out.indexOf(part, from);
            assertTrue(at >= 0, () -> "README shows\n" + part + "\nbut the output is\n" + out);
            from = at + part.length();
        }
    }

    @Test
    void everyScriptOfTheReadmeExists() throws IOException {
        for (final String command : commands()) {
            final Path script = ROOT.resolve(command.split(" ")[0]);
            assertTrue(Files.isExecutable(script), script.toString());
        }
    }

    @Test
    void everyLinkIntoTheProjectLeadsSomewhere() throws IOException {
        for (final Path document : List.of(Path.of("README.md"), Path.of("ARCHITECTURE.md"))) {
            final Matcher link = LINK.matcher(Files.readString(ROOT.resolve(document)));
            while (link.find()) {
                assertTrue(Files.exists(ROOT.resolve(link.group(1))), document + " names " + link.group(1));
            }
        }
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static List<String> commands() throws IOException {
        final List<String> commands = new ArrayList<>();
        for (final Matcher block = COMMANDS.matcher(readme()); block.find();) {
            block.group(1).lines().map(line -> line.replaceAll("\\s+#.*", "").strip())
                .filter(line -> !line.isEmpty()).forEach(commands::add);
        }
        assertFalse(commands.isEmpty());
        return commands;
    }
}
