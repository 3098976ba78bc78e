package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever copies an example out of docs/laboratory.md has an experiment that runs. */
class LaboratoryDocumentTest {
    private static final Path DOCUMENT =
        Path.of(System.getProperty("basedir", ".")).resolve("..").resolve("docs").resolve("laboratory.md");
    private static final String FENCE = "```";

    @TempDir
    private Path home;

    /** The text of a fenced block of the document: the one so far behind the words that introduce it. */
    private static String block(final String introduction, final int number) throws IOException {
        final String document = Files.readString(DOCUMENT);
        final String[] parts = document.substring(document.indexOf(introduction)).split(FENCE, 2 * number + 3);
        final String block = parts[2 * number + 1];
        return block.substring(block.indexOf('\n') + 1);
    }

    private String bench(final String file) {
        final CommandRun run = CommandRun.of("bench", home.resolve(file).toString());
        assertEquals(0, run.code(), run.err());
        return run.out();
    }

    @Test
    void theExampleOnTheBareStandRuns() throws IOException {
        final String introduction = "`my.toml`, and `plain.asm` and `locked.asm` beside it:";
        final String plain = block(introduction, 1);
        Files.writeString(home.resolve("my.toml"), block(introduction, 0));
        Files.writeString(home.resolve("plain.asm"), plain);
        Files.writeString(home.resolve("locked.asm"), plain.replace("inc     qword", "lock inc qword"));
        final String out = bench("my.toml");
        assertTrue(out.startsWith("my: A counter, plain and locked\n"), out);
        assertTrue(out.contains("\nplain ") && out.contains("\nlocked "), out);
    }

    @Test
    void theExampleOnBantamRunsAndItsClaimIsDecided() throws IOException {
        final String introduction = "`calls.toml`, and `calls.asm` beside it:";
        Files.writeString(home.resolve("calls.toml"), block(introduction, 0));
        Files.writeString(home.resolve("calls.asm"), block(introduction, 1));
        final String out = bench("calls.toml");
        assertTrue(out.startsWith("calls: A call and its answer\n"), out);
        assertTrue(out.contains("the fast path is ten times as fast - fast "), out);
    }
}
