package ringside.kernel.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checked-in includes. After a change run this test with {@code -Dringside.regenerate=true}. */
class AbiIncludesTest {
    private static final Path CHECKED_IN = Path.of(System.getProperty("basedir", "."), "src/main/generated/abi");

    @Test
    void checkedInIncludesAreWhatTheDeclarationsSay() throws IOException {
        if (Boolean.getBoolean("ringside.regenerate")) {
            for (final Map.Entry<String, String> file : AbiIncludes.files().entrySet()) {
                Files.writeString(CHECKED_IN.resolve(file.getKey()), file.getValue());
            }
        }
        final Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(CHECKED_IN)) {
            for (final Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertEquals(new TreeMap<>(AbiIncludes.files()), found, "regenerate with -Dringside.regenerate=true");
    }
}
