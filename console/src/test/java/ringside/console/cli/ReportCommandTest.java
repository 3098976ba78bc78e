package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.html.HtmlReport;
import ringside.toolchain.codegen.Reg32;

/** {@code report}: one file that needs nothing else. */
class ReportCommandTest {
    private static final String SCRIPT = "<script>document.title='owned'</script>";

    @TempDir
    private Path directory;

    private Path gate(final int instructions) throws IOException {
        Files.createDirectories(directory.resolve("baseline"));
        TinyGuests.write(directory.resolve("kernel.elf"), code -> {
            code.global("path_start");
            code.global(SCRIPT);
            for (int i = 0; i < instructions; i++) {
                code.inc(Reg32.EAX);
            }
            code.global("path_end");
            TinyGuests.count(code, 10);
        });
        return Files.writeString(directory.resolve("gate.toml"), """
            title = "A gate %s"
            models = ["zen4"]
            [[image]]
            name = "tiny"
            file = "kernel.elf"
            [[image.path]]
            name = "path"
            from = "path_start"
            to = "path_end"
            """.formatted(SCRIPT));
    }

    private CommandRun report(final Path gate, final Path output, final String... more) {
        final List<String> words = new java.util.ArrayList<>(List.of("report", "--output=" + output, gate.toString()));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    @Test
    void theReportShowsWhatGotSlowerAndHowNumbersWent() throws IOException {
        final Path runs = directory.resolve("runs.db");
        final Path output = directory.resolve("report.html");
        assertEquals(0, CommandRun.of("check", "--update", "--history=" + runs, "--revision=" + SCRIPT,
            gate(2).toString()).code());
        assertEquals(3, CommandRun.of("check", "--history=" + runs, gate(3).toString()).code());
        final CommandRun run = report(gate(3), output, "--history=" + runs);
        assertEquals(0, run.code(), run.err());
        assertEquals(output + ": 1 paths, 1 failed\n", run.out());
        final String html = Files.readString(output);
        assertTrue(html.contains("instructions 2 → 3"), "the change");
        assertTrue(html.contains("<td>+<td class=\"n\">"), "the instruction");
        assertTrue(html.contains("2 from run 1, &lt;script&gt;"), "the history");
        assertTrue(html.contains("Flame graph of "), "the flame graph");
        assertFalse(html.contains(SCRIPT), "a text is a text");
        assertTrue(html.contains("&lt;script&gt;document.title"), "and it is there");
        assertEquals(0, report(gate(3), output, "--history=" + runs).code());
        assertEquals(html, Files.readString(output), "the same bytes again");
    }

    @Test
    void theReportsOwnRunIsTheMarkedLastPointOfEachLine() throws IOException {
        final Path runs = directory.resolve("runs.db");
        final Path output = directory.resolve("report.html");
        assertEquals(0, CommandRun.of("check", "--update", "--history=" + runs, gate(2).toString()).code());
        assertEquals(3, CommandRun.of("check", "--history=" + runs, gate(3).toString()).code());
        assertEquals(0, report(gate(4), output, "--history=" + runs).code());

        final String html = Files.readString(output);
        assertTrue(html.contains(": 2 runs, and this one</h3>"), html);
        assertTrue(html.contains("<p class=\"dim\">2 from run 1; 3 from run 2; 4 from this run</p>"), html);
        final Matcher line = Pattern.compile("<b>instructions</b>.*?<circle class=\"past\"[^>]*><title>run 1: 2</title>"
            + ".*?<circle class=\"past\"[^>]*><title>run 2: 3</title></circle>\\s*"
            + "<circle class=\"own\"[^>]*><title>this run: 4</title></circle>\\s*</svg>\\s*"
            + "<p class=\"ends\"><span>2–4, now <b>4</b>", Pattern.DOTALL).matcher(html);
        assertTrue(line.find(), html);
    }

    @Test
    void theFileNamesNothingOutsideItself() throws IOException {
        final String html = HtmlReport.of(SampleHtml.content(directory, 12));
        final Matcher outside = Pattern
            .compile("(?:src|href|action|data|url\\()\\s*=?\\s*[\"']?(?!#)[a-z/.]+[:/][^ >]*")
            .matcher(html.replaceAll("(?s)<script>.*?</script>", ""));
        assertFalse(outside.find(), () -> outside.group());
        assertFalse(html.replace("http://www.w3.org/2000/svg", "").contains("://"), "no address");
        assertTrue(html.contains("default-src 'none'"));
    }

    @Test
    void sizeIsBoundedHoweverManyPathsThereAre() throws IOException {
        final int length = HtmlReport.of(SampleHtml.content(directory, 5_000)).length();
        assertTrue(length < 24 << 20, "letters: " + length);
    }

    @Test
    void bantamsReportHasSwitchesRingsAndAFlameGraph() throws IOException {
        final Path gate = Files.writeString(directory.resolve("calls.toml"), "calls = \"fast-asm/null-syscall\"\n");
        final Path output = directory.resolve("report.html");
        final CommandRun run = report(gate, output);
        assertEquals(0, run.code(), run.err());
        final String html = Files.readString(output);
        assertTrue(html.contains("Bantam, fast-asm: ") && html.contains("address space"), "switches");
        assertTrue(html.contains("<figure class=\"ring\"") && html.contains(" put, "), "rings");
        assertTrue(html.contains("smp_main"), "the flame graph");
        assertTrue(html.contains("calls/fast-asm/null-syscall"), "the path");
    }

    @Test
    void anOutputThatTheReportReadsOrThatCannotBeIsRefused() throws IOException {
        final Path gate = gate(2);
        assertEquals(2, report(gate, gate).code());
        assertEquals(2, report(gate, directory.resolve("none/report.html")).code());
        final CommandRun damaged = report(gate, directory.resolve("report.html"),
            "--history=" + Files.writeString(directory.resolve("runs.db"), "no database"));
        assertEquals(2, damaged.code());
        assertTrue(damaged.err().contains("runs.db: file: this is not an SQLite database"), damaged.err());
        assertTrue(Files.notExists(directory.resolve("report.html")));
    }
}
