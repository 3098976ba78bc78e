package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SPECIFICATION.md names tests that exist. */
class SpecificationTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..").normalize();
    private static final Pattern TEST = Pattern.compile("`(?:(\\w+Test)|(?:(\\w+Test))?\\.(\\w+))`");
    private static final int LEAST_TESTS = 20;

    @Test
    void everyTestThatItNamesExists() throws IOException {
        final Map<String, String> sources = sources();
        final List<String> unknown = new ArrayList<>();
        int named = 0;
        String current = "";
        final Matcher test = TEST.matcher(Files.readString(ROOT.resolve("SPECIFICATION.md")));
        while (test.find()) {
            named++;
            current = test.group(1) != null ? test.group(1) : test.group(2) != null ? test.group(2) : current;
            final String source = sources.getOrDefault(current, "");
            if (source.isEmpty() || test.group(3) != null && !source.contains(" " + test.group(3) + "(")) {
                unknown.add(current + " " + test.group());
            }
        }
        assertEquals(List.of(), unknown);
        assertTrue(named >= LEAST_TESTS, "named=" + named);
    }

    private static Map<String, String> sources() throws IOException {
        final Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (final Path file : files.filter(path -> path.toString().matches(".*/src/test/java/.*Test\\.java"))
                    .toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }
}
