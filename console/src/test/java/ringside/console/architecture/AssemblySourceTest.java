package ringside.console.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How the guest's assembly is written: the rules of ARCHITECTURE.md that need no assembler to check. */
class AssemblySourceTest {
    private static final int MOST_LINES = 300;
    private static final int MOST_COLUMNS = 120;
    private static final List<String> CONTRACT = List.of("in", "out", "clobbers", "needs", "probe");

    private static final Pattern GLOBAL = Pattern.compile("^\\s*global\\s+([^;]+)");
    private static final Pattern SECTION = Pattern.compile("^\\s*section\\s+(\\S+)");
    private static final Pattern BARE_OFFSET = Pattern.compile("\\[[^\\]]*\\br[a-z0-9]+\\s*[+-]\\s*0x[^\\]]*\\]");
    /** An instruction with a number of several digits, unless that says how far to shift. */
    private static final Pattern BARE_NUMBER = Pattern.compile(
        "\\s+(?!(bits|global|section|resb|align|d[bwdq]|[sr][ho][lr]|sar)\\b)(lock\\s+|rep\\s+)?[a-z][a-z0-9]+\\s"
        + "(.*[^\\w.$'])?(0x[0-9a-f]+|[1-9][0-9]+)(?!\\w).*");
    private static final Pattern OPEN_END = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

    @TestFactory
    Stream<DynamicTest> everyAssemblyFileOfTheKernelKeepsTheRules() throws IOException {
        return tests("guest-kernel", "src");
    }

    @TestFactory
    Stream<DynamicTest> everyAssemblyFileOfTheLaboratoryKeepsTheRules() throws IOException {
        return tests("ipc-fastpath", "src/main/experiments");
    }

    private static Stream<DynamicTest> tests(final String module, final String folder) throws IOException {
        final Path sources = Path.of(System.getProperty("basedir", "."), "..", module, folder).normalize();
        final List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().matches(".*\\.(asm|inc)"))
                .filter(file -> !file.startsWith(sources.resolve("main/generated"))).sorted().toList();
        }
        assertFalse(files.isEmpty(), "no assembly under " + sources);
        return files.stream().map(file -> DynamicTest.dynamicTest(sources.relativize(file).toString(),
            () -> assertEquals(List.of(), faults(Files.readAllLines(file),
                !file.startsWith(sources.resolve("user"))), file.toString())));
    }

    /** What is wrong with a file; values that the kernel's own programs try have no names. */
    private static List<String> faults(final List<String> lines, final boolean named) {
        final List<String> faults = new ArrayList<>();
        if (lines.size() > MOST_LINES) {
            faults.add(lines.size() + " lines: one file for the one thing it defines, at most " + MOST_LINES);
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(";")) {
            faults.add("line 1: a file begins with what it is");
        }
        boolean code = true;
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i);
            final String where = "line " + (i + 1) + ": ";
            if (line.indexOf('\t') >= 0 || line.length() > MOST_COLUMNS || !line.equals(line.stripTrailing())) {
                faults.add(where + "spaces only, none at the end, at most " + MOST_COLUMNS + " columns");
            }
            if (BARE_OFFSET.matcher(withoutComment(line)).find()) {
                faults.add(where + "an offset has a name from a generated include");
            }
            if (named && BARE_NUMBER.matcher(withoutComment(line)).matches()) {
                faults.add(where + "a number has a name");
            }
            if (OPEN_END.matcher(line).find()) {
                faults.add(where + "no open ends");
            }
            final Matcher section = SECTION.matcher(line);
            if (section.find()) {
                code = section.group(1).contains("text");
            }
            final Matcher global = GLOBAL.matcher(line);
            if (code && global.find()) {
                for (final String name : global.group(1).strip().split("\\s*,\\s*")) {
                    missing(lines, name).forEach(part -> faults.add(where + name + " lacks: " + part));
                }
            }
        }
        return faults;
    }

    /** The lines that the contract block of a global routine lacks. */
    private static List<String> missing(final List<String> lines, final String name) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("; " + Pattern.quote(name) + " - .+")) {
                final List<String> block = lines.subList(i, lines.size()).stream()
                    .takeWhile(line -> line.startsWith(";")).toList();
                return CONTRACT.stream()
                    .filter(part -> block.stream().noneMatch(line -> line.matches(";\\s+" + part + "\\s+\\S.*")))
                    .toList();
            }
        }
        return List.of("the block that says what it is");
    }

    private static String withoutComment(final String line) {
        final int comment = line.indexOf(';');
        return comment < 0 ? line : line.substring(0, comment);
    }
}
