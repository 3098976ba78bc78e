package ringside.kernel.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import ringside.toolchain.layout.Constants;

/** The tables in the servers' document. After a change run this test with {@code -Dringside.regenerate=true}. */
class ServerDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "."), "../docs/servers.md");

    private static String withTable(final String text, final String mark, final Constants constants) {
        final String table = constants.entries().stream()
                .map(entry -> "| " + entry.text() + " | `" + entry.name() + "` | " + entry.comment() + " |\n")
                .collect(Collectors.joining());
        final Pattern place = Pattern.compile("(<!-- " + mark + " -->\n\\| Value .*\n.*\n)(?:\\|.*\n)*");
        return place.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(table));
    }

    @Test
    void itsTablesAreWhatTheDeclarationsSay() throws IOException {
        final String found = Files.readString(DOCUMENT);
        final String text = withTable(withTable(found, "names", ServerAbi.names()), "timer", ServerAbi.timer());
        if (Boolean.getBoolean("ringside.regenerate")) {
            Files.writeString(DOCUMENT, text);
        }
        assertEquals(text, Files.readString(DOCUMENT), "regenerate with -Dringside.regenerate=true");
        assertEquals(2, Pattern.compile("`(?:NAMES_REGISTER|TIMER_SLEEP)`").matcher(text).results().count());
    }
}
