package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.console.repl.command.CommandTable;

/** What docs/console.md says of commands is what their help says. */
class ConsoleDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "console.md");
    private static final Path WANTED = Path.of("target", "console-commands.md");
    private static final String BEGIN = "<!-- commands, as help tells of them -->\n";

    @Test
    void everyCommandStandsInTheDocumentAsItsHelpHasIt() throws IOException {
        final StringBuilder wanted = new StringBuilder();
        String group = "";
        for (final CommandTable.Entry entry : CommandTable.all()) {
            if (!entry.group().equals(group)) {
                group = entry.group();
                wanted.append("\n## ").append(group).append('\n');
            }
            wanted.append("\n### ").append(entry.name()).append("\n\n```text\n")
                .append(CommandTable.help(entry.name())).append("```\n");
        }
        Files.createDirectories(WANTED.getParent());
        Files.writeString(WANTED, wanted);
        final String document = Files.readString(DOCUMENT);

        assertEquals(wanted.toString(), document.substring(document.indexOf(BEGIN) + BEGIN.length()),
            "the right text is in " + WANTED);
    }

    @Test
    void helpKeepsWithinEightyColumnsAndEveryCommandHasAnExample() {
        for (final String line : CommandTable.overview().lines().toList()) {
            assertTrue(line.length() <= 80, line);
        }
        for (final CommandTable.Entry entry : CommandTable.all()) {
            final List<String> lines = CommandTable.help(entry.name()).lines().toList();
            assertTrue(lines.stream().allMatch(line -> line.length() <= 80), entry.name());
            assertTrue(lines.contains("Examples:"), entry.name());
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("Usage: " + entry.name())), entry.name());
        }
    }

    @Test
    void everyExampleOfHelpIsACommandAndTheFirstOneThisOne() {
        for (final CommandTable.Entry entry : CommandTable.all()) {
            final List<String> examples = CommandTable.help(entry.name()).lines()
                .dropWhile(line -> !"Examples:".equals(line)).skip(1).takeWhile(line -> line.startsWith("  "))
                .map(line -> CommandTable.named(line.strip().split("[ /]")[0]).name()).toList();
            assertEquals(entry.name(), examples.getFirst());
        }
    }
}
