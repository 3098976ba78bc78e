package ringside.console.repl;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ringside.emulator.state.WholeFile;

/** What came of scripts, as JUnit's XML: a case for each. No times, so that the same runs give the same bytes. */
public final class JunitReport {
    private final List<String> cases = new ArrayList<>();
    private int failures;
    private int errors;

    /**
     * Adds a script.
     *
     * @param name   of it
     * @param result what came of it
     */
    public void add(final String name, final CommandResult result) {
        final StringBuilder text = new StringBuilder("  <testcase classname=\"ringside.console\" name=\"")
            .append(escaped(name)).append('"');
        if (result.ok()) {
            text.append("/>\n");
        } else {
            final boolean failed = result.outcome() == CommandResult.Outcome.FAILED;
            failures += failed ? 1 : 0;
            errors += failed ? 0 : 1;
            final String kind = failed ? "failure" : "error";
            text.append(">\n    <").append(kind).append(" message=\"")
                .append(escaped(result.problem().lines().findFirst().orElse(""))).append("\">")
                .append(escaped(result.problem())).append("</").append(kind).append(">\n    <system-out>")
                .append(escaped(result.text())).append("</system-out>\n  </testcase>\n");
        }
        cases.add(text.toString());
    }

    /** {@return the whole report} */
    public String text() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"ringside console\" tests=\""
            + cases.size()
            + "\" failures=\"" + failures + "\" errors=\"" + errors + "\" skipped=\"0\">\n" + String.join("", cases)
            + "</testsuite>\n";
    }

    /**
     * Writes it.
     *
     * @param file where to
     * @throws ringside.emulator.state.UnwrittenFileException when the file system refuses
     */
    public void write(final Path file) {
        WholeFile.write(file, out -> out.write(text().getBytes(StandardCharsets.UTF_8)));
    }

    /** A text in XML: characters that XML has no room for become question marks. */
    private static String escaped(final String text) {
        final StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                default -> {
                    final boolean allowed = letter == '\t' || letter >= ' ' && letter <= 0xD7FF
                        || letter >= 0xE000 && letter <= 0xFFFD || letter >= 0x1_0000;
                    escaped.appendCodePoint(allowed ? letter : '?');
                }
            }
        });
        return escaped.toString();
    }
}
