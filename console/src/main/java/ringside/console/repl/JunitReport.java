package ringside.console.repl;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.emulator.state.OwnFile;
import ringside.emulator.state.WholeFile;

/**
 * What came of scripts or of paths, as JUnit's XML: a case for each. No times, so that same runs give same bytes.
 */
public final class JunitReport {
    private static final String BEGIN = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"";
    private static final String OURS = "ringside ";
    private static final String CONSOLE = "ringside.console";

    private final String suite;
    private final List<String> cases = new ArrayList<>();
    private int failures;
    private int errors;
    private int skipped;

    /**
     * Begins one.
     *
     * @param command of Ringside that it is of
     */
    public JunitReport(final String command) {
        suite = OURS + Objects.requireNonNull(command, "command");
    }

    /**
     * Adds a script.
     *
     * @param name   of it
     * @param result what came of it
     */
    public void add(final String name, final CommandResult result) {
        if (result.ok()) {
            passed(CONSOLE, name);
        } else {
            final boolean failed = result.outcome() == CommandResult.Outcome.FAILED;
            failures += failed ? 1 : 0;
            errors += failed ? 0 : 1;
            add(failed ? "failure" : "error", CONSOLE, name, result.problem(), result.text());
        }
    }

    /**
     * Adds a script that was not begun.
     *
     * @param name   of it
     * @param reason why not
     */
    public void skipped(final String name, final String reason) {
        skipped++;
        cases.add(head(CONSOLE, name) + ">\n    <skipped message=\"" + escaped(reason)
            + "\"/>\n  </testcase>\n");
    }

    /**
     * Adds what went well.
     *
     * @param group of which it is one
     * @param name  of it
     */
    public void passed(final String group, final String name) {
        cases.add(head(group, name) + "/>\n");
    }

    /**
     * Adds what did not.
     *
     * @param group   of which it is one
     * @param name    of it
     * @param problem what is wrong
     * @param details more of it
     */
    public void failed(final String group, final String name, final String problem, final String details) {
        failures++;
        add("failure", group, name, problem, details);
    }

    private void add(
            final String kind, final String group, final String name, final String problem, final String details) {
        cases.add(head(group, name) + ">\n    <" + kind + " message=\""
            + escaped(problem.lines().findFirst().orElse("")) + "\">" + escaped(problem) + "</" + kind
            + ">\n    <system-out>" + escaped(details) + "</system-out>\n  </testcase>\n");
    }

    private static String head(final String group, final String name) {
        return "  <testcase classname=\"" + escaped(group) + "\" name=\"" + escaped(name) + '"';
    }

    /** {@return the whole report} */
    public String text() {
        return BEGIN + escaped(suite) + "\" tests=\"" + cases.size() + "\" failures=\"" + failures
            + "\" errors=\"" + errors
            + "\" skipped=\"" + skipped + "\">\n" + String.join("", cases) + "</testsuite>\n";
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

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "a report that Ringside wrote in JUnit's XML", BEGIN + OURS);
    }

    /**
     * A text in XML: characters that XML has no room for, and those that steer terminals, become question marks.
     */
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
                    final boolean allowed = letter == '\t' || letter >= ' ' && letter < 0x7F
                        || letter >= 0xA0 && letter <= 0xD7FF || letter >= 0xE000 && letter <= 0xFFFD
                        || letter >= 0x1_0000;
                    escaped.appendCodePoint(allowed ? letter : '?');
                }
            }
        });
        return escaped.toString();
    }
}
