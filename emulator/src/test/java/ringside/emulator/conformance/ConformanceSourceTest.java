package ringside.emulator.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How the suite's files are written, and that the document about it lists them. */
class ConformanceSourceTest {
    private static final int FEWEST = 150;
    private static final int MOST_LINES = 300;
    private static final int MOST_COLUMNS = 120;
    private static final Path DOCUMENT = Suite.ROOT.resolve("../../../../docs/conformance.md").normalize();

    @Test
    void thereAreAsManyProgramsAsPromised() {
        assertTrue(Program.all(Suite.ROOT).size() >= FEWEST, "programs: " + Program.all(Suite.ROOT).size());
    }

    @TestFactory
    Stream<DynamicTest> everyFileKeepsTheRules() throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.walk(Suite.ROOT)) {
            files = all.filter(file -> file.toString().matches(".*\\.(asm|inc)")).sorted().toList();
        }
        return files.stream().map(file -> DynamicTest.dynamicTest(Suite.ROOT.relativize(file).toString(),
                () -> assertEquals(List.of(), faults(file, Files.readAllLines(file)))));
    }

    private static List<String> faults(final Path file, final List<String> lines) {
        final List<String> faults = new ArrayList<>();
        if (lines.size() > MOST_LINES || !lines.getFirst().startsWith("; ")) {
            faults.add("a file begins with what it is and has at most " + MOST_LINES + " lines: " + lines.size());
        }
        for (final String line : lines) {
            if (line.indexOf('\t') >= 0 || line.length() > MOST_COLUMNS || !line.equals(line.stripTrailing())) {
                faults.add("spaces only, none at the end, at most " + MOST_COLUMNS + " columns: " + line);
            }
        }
        if (!file.startsWith(Suite.ROOT.resolve("runtime"))) {
            final Program program = Program.read(Suite.ROOT, file);
            if (!program.title().endsWith(".") || !program.fields().containsKey("manual")
                    || program.golden().isEmpty() && !program.ends()) {
                faults.add("a program says what it shows, where the manual has it, and what it prints");
            }
            if (!lines.contains("global  " + program.name()) || !lines.contains(program.name() + ":")) {
                faults.add("a program starts at a global label with the file's name");
            }
            program.fields().forEach((field, text) -> {
                if ((field.equals("qemu") || field.equals("bochs"))
                        && !text.matches("(differs|hangs), .*(SDM|APM|data sheet).*")) {
                    faults.add("a difference is explained by a manual: " + text);
                }
            });
        }
        return faults;
    }

    @Test
    void theDocumentListsEveryProgramUnderItsArea() throws IOException {
        final List<String> table = new ArrayList<>();
        String area = "";
        for (final String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("### ")) {
                area = line.substring("### ".length());
            } else if (line.startsWith("* `")) {
                table.add(area + "/" + line.substring("* `".length(), line.indexOf('`', "* `".length())) + ".asm");
            }
        }
        assertEquals(Program.all(Suite.ROOT).stream().map(Program::path).toList(), table);
    }
}
