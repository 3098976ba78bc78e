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
        assertEquals(output + ": 1 path, 1 failed\n", run.out());
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
        assertTrue(html.contains(", [syscall 1, SYS_CALL]"), "with their names");
        assertTrue(html.contains("<figure class=\"ring\"") && html.contains(" put, "), "rings");
        final Matcher rings =
            Pattern.compile("(\\d+) put, (\\d+) taken, \\d+ waits; at most (\\d+) inside").matcher(html);
        while (rings.find()) {
            assertTrue(Integer.parseInt(rings.group(1)) - Integer.parseInt(rings.group(2))
                <= Integer.parseInt(rings.group(3)), "of one ring alone: " + rings.group());
        }
        assertTrue(html.contains("smp_main"), "the flame graph");
        assertTrue(html.contains("calls/fast-asm/null-syscall"), "the path");
    }

    @Test
    void ringsOfExperimentsOnBantamAreShown() throws IOException {
        Files.writeString(directory.resolve("rings.asm"), """
            %include "stand/user.inc"
                    section .text
            %include "user/ring.inc"
            %macro  DO what, end, status
                    lea     rdi, [rel %end]
                    lea     rsi, [rel message]
                    call    %what
                    cmp     rax, %status
                    CHECK   e, %what
            %endmacro
            %macro  OPEN end, side
                    lea     rdi, [rel %end]
                    lea     rsi, [rel ring]
                    mov     edx, 4
                    mov     ecx, %side
                    xor     r8d, r8d
                    xor     r9d, r9d
                    call    ring_open
            %endmacro
                    global  workload_main
            workload_main:
                    OPEN    reader, RING_READER
                    OPEN    writer, RING_WRITER
                    mov     ebx, 40
                    TRIAL   0, 0, 0
            .next:
                    OP_BEGIN
                    DO      ring_push, writer, STATUS_OK
                    DO      ring_push, writer, STATUS_OK
                    DO      ring_push, writer, STATUS_OK
                    DO      ring_pop, reader, STATUS_OK
                    DO      ring_pop, reader, STATUS_OK
                    DO      ring_pop, reader, STATUS_OK
                    OP_END
                    CONTROL
                    dec     ebx
                    jnz     .next
                    TRIAL_END
                    CALL_EXIT 0
                    section .bss
            ring:   resb    4096
            message: resb   64
            reader: resb    64
            writer: resb    64
            """);
        final Path experiment = Files.writeString(directory.resolve("rings.toml"), """
            title = "Three messages at a time"
            stand = "bantam"
            sources = ["rings.asm"]
            [variant.three]
            baseline = true
            """);
        final Path gate = Files.writeString(directory.resolve("gate.toml"), "experiments = [\"" + experiment + "\", "
            + "\"ring-indices\"]\n");
        final Path output = directory.resolve("report.html");
        final CommandRun run = report(gate, output);
        assertEquals(0, run.code(), run.err());
        final String html = Files.readString(output);
        assertTrue(html.contains("<h3>rings, three</h3>"), html);
        assertTrue(html.contains("120 put, 120 taken, 0 waits; at most 3 inside"), html);
        assertEquals(2, html.split("<figure class=\"ring\"", -1).length, "nothing tells of the bare stand's");
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
