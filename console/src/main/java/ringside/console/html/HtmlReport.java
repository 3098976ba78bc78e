package ringside.console.html;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ringside.emulator.state.OwnFile;

/**
 * The report as one HTML file: a page each for the overview, the paths, their history, context switches, rings, flame
 * graphs and claims. It loads nothing. Its own script, named by its hash, is the only one that a browser runs in it;
 * without scripts it is one long page.
 */
public final class HtmlReport {
    private HtmlReport() {
    }

    /**
     * {@return the file's text; the same content gives the same text}
     *
     * @param content what it shows
     */
    public static String of(final ReportContent content) {
        final String script = Templates.text("report.js").strip();
        final Map<String, Object> paths = PathPages.of(content.gates());
        final List<Map<String, Object>> pages = List.of(
            page("overview", "Overview", paths),
            page("paths", "Paths", paths),
            page("history", "History", HistoryPage.of(content.gates())),
            page("switches", "Switches", SwitchPage.of(content.gates())),
            page("rings", "Rings", RingPage.of(content.gates())),
            page("flames", "Flame graphs", FlamePage.of(content.gates())),
            page("claims", "Claims", ClaimsPage.of(content.claims())));
        for (int i = 0; i < pages.size(); i++) {
            pages.get(i).put("key", i + 1);
        }
        return Templates.fill("report", Values.of("title", content.title(), "version", content.version(),
            "style", Templates.text("report.css").strip(), "script", script, "hash", hash(script), "pages", pages));
    }

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "a report that Ringside wrote", "<!DOCTYPE html><html lang=\"en\"><head>"
            + "<meta charset=\"utf-8\"><meta name=\"generator\" content=\"Ringside ");
    }

    private static Map<String, Object> page(final String id, final String name, final Map<String, Object> values) {
        return Values.of("id", id, "name", name, "body", Templates.fill(id, values));
    }

    private static String hash(final String script) {
        try {
            return Base64.getEncoder().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
