package ringside.console.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.fastpath.claim.ClaimBench;
import ringside.fastpath.claim.ClaimList;
import ringside.fastpath.claim.ClaimReport;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.interleave.ScheduleReader;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;

/** The claims' report of a small list, two small experiments and a structure, in each of its formats. */
class ClaimReportTest {
    private static final List<String> FILES =
        List.of("rows.toml", "adding.toml", "adding.asm", "failing.toml", "failing.asm", "place.toml", "place.asm");

    @TempDir
    private Path home;

    private static String resource(final String name) {
        try (InputStream in = ClaimReportTest.class.getResourceAsStream("claims/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ClaimReport report() throws IOException {
        for (final String file : FILES) {
            Files.writeString(home.resolve(file), resource(file));
        }
        final List<Declaration> declarations = new ArrayList<>();
        for (final String name : List.of("failing.toml", "adding.toml")) {
            declarations.add(DeclarationReader.read(LabFiles.of(home.resolve(name))));
        }
        return ClaimBench.run(ClaimList.read("rows.toml", resource("rows.toml")), declarations,
            List.of(ScheduleReader.read(LabFiles.of(home.resolve("place.toml")))), Progress.SILENT);
    }

    @Test
    void markdownHasVerdictsRowsReasonsAndExperiments() throws IOException {
        assertEquals(resource("report.md"), ClaimMarkdown.of(report(), "0"));
    }

    @Test
    void jsonHasTheSame() throws IOException {
        assertEquals(resource("report.json"), ClaimJson.of(report(), "0"));
    }

    @Test
    void bothAreKnownAgainAndNotForEachOther() throws IOException {
        final Path markdown = Files.writeString(home.resolve("a.md"), resource("report.md"));
        final Path json = Files.writeString(home.resolve("a.json"), resource("report.json"));
        assertTrue(ClaimMarkdown.obstacle(markdown).isEmpty() && ClaimJson.obstacle(json).isEmpty());
        assertTrue(ClaimMarkdown.obstacle(json).isPresent() && ClaimJson.obstacle(markdown).isPresent());
    }

    @Test
    void everyRowOfATableHasAsManyCellsAsItsHead() throws IOException {
        int cells = 0;
        for (final String line : ClaimMarkdown.of(report(), "0").lines().toList()) {
            final int here = line.startsWith("|") ? line.replace("\\|", "").split("\\|", -1).length : 0;
            assertTrue(cells == 0 || here == 0 || here == cells, line);
            cells = here;
        }
    }
}
