package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.html.HtmlReport;

/** The report in a browser: its pages, its keys, its colours, and no word of complaint. */
class ReportBrowserTest {
    private static final List<String> PAGES =
        List.of("overview", "paths", "history", "switches", "rings", "flames", "claims");
    private static final String DARK = "--blink-settings=preferredColorScheme=0";
    private static final Pattern POLICY = Pattern.compile("<meta http-equiv=\"Content-Security-Policy\"[^>]*>");
    /** Where pictures are kept to be looked at. */
    private static final String PICTURES = System.getProperty("ringside.pictures", "");

    @TempDir
    private Path directory;
    private Chromium chromium;
    private String html;
    private Path file;

    @BeforeEach
    void findTheBrowser() throws IOException {
        final var found = Chromium.find(directory.resolve("profile"));
        Assumptions.assumeTrue(found.isPresent(), "chromium is not on PATH, which shows the report");
        chromium = found.orElseThrow();
        html = HtmlReport.of(SampleHtml.content(directory, 12));
        file = Files.writeString(directory.resolve("report.html"), html);
    }

    @Test
    void eachPageIsShownAloneAndTheConsoleSaysNothing() throws Exception {
        for (final String page : PAGES) {
            final Chromium.Page loaded = chromium.load(file, page);
            assertEquals(List.of(), loaded.console());
            for (final String other : PAGES) {
                assertEquals(!other.equals(page), loaded.dom().contains("<section id=\"" + other
                    + "\" class=\"page\" aria-labelledby=\"" + other + "-head\" hidden=\"\">"), page + " " + other);
            }
            assertTrue(loaded.dom().contains("<a href=\"#" + page + "\" data-page=\"" + page
                + "\" aria-current=\"page\">"), page);
        }
    }

    @Test
    void textsOfImagesGatesAndHistoriesStayTexts() throws Exception {
        final Chromium.Page loaded = chromium.load(file, "paths");
        assertFalse(loaded.dom().contains("<title>owned"), "a script of an image ran");
        assertFalse(loaded.dom().contains("<img"), "an element of an image is one");
        assertEquals(List.of(), loaded.console());
        final Path open = Files.writeString(directory.resolve("open.html"), POLICY.matcher(html).replaceAll(""));
        final String dom = chromium.load(open, "paths").dom();
        assertFalse(dom.contains("<title>owned") || dom.contains("<img"), "without the policy as well");
    }

    @Test
    void withoutScriptsItIsOneLongPage() throws Exception {
        final Path other = Files.writeString(directory.resolve("other.html"),
            html.replaceFirst("script-src 'sha256-...", "script-src 'sha256-AAA"));
        final Chromium.Page loaded = chromium.load(other, "");
        assertEquals(1, loaded.console().size(), "the policy keeps another script than the hashed one from running");
        assertFalse(Pattern.compile("<section[^>]* hidden").matcher(loaded.dom()).find());
        assertTrue(loaded.dom().contains("class=\"filter\" hidden"));
    }

    @Test
    void keysTurnPagesGoFromEntryToEntryAndFilter() throws Exception {
        final String dom = drive("""
            press('3'); log(shown());
            press('ArrowRight'); log(shown());
            press('ArrowLeft'); press('ArrowLeft'); log(shown());
            press('1'); press('j'); log(document.activeElement.getAttribute('href'));
            press('j'); log(document.activeElement.getAttribute('href'));
            press('k'); log(document.activeElement.getAttribute('href'));
            document.activeElement.click(); await later();
            log(shown() + ' ' + document.activeElement.tagName + ' ' + document.activeElement.parentNode.open);
            press('/'); log(shown() + ' ' + document.activeElement.id);
            document.activeElement.value = 'worse path-6';
            document.activeElement.dispatchEvent(new Event('input'));
            log(document.getElementById('shown').textContent);
            press('Enter'); log(document.activeElement.textContent);
            press('/'); press('Escape'); log(document.getElementById('shown').textContent);
            press('7'); press('ArrowRight'); log(shown());
            """);
        assertEquals("history|switches|paths|#p1|#p2|#p1|paths SUMMARY true|overview filter|1 of 12|tiny/path-6|"
            + "12 of 12|claims|", dom);
    }

    /** A copy of the report with another script, which presses keys, and with a policy that lets it. */
    private String drive(final String keys, final String... flags) throws Exception {
        final String script = """
            <script>
            var said = '';
            function log(text) { said += text + '|'; }
            function shown() {
              return Array.prototype.filter.call(document.querySelectorAll('.page'), p => !p.hidden)
                .map(p => p.id).join(',');
            }
            function later() { return new Promise(done => setTimeout(done, 50)); }
            (async function () {
              var raw = key => document.activeElement.dispatchEvent(
                new KeyboardEvent('keydown', {key: key, bubbles: true, cancelable: true}));
              %s
              document.body.setAttribute('data-said', said);
            }());
            </script></body>""".formatted(keys.replaceAll("press\\((.*?)\\);\\s", "raw($1); await later(); "));
        final Path copy = Files.writeString(directory.resolve("driven.html"),
            POLICY.matcher(html).replaceAll("").replace("</body>", script));
        final Chromium.Page loaded = chromium.load(copy, "",
            Stream.concat(Stream.of("--virtual-time-budget=10000"), Stream.of(flags)).toArray(String[]::new));
        assertEquals(List.of(), loaded.console());
        final var said = Pattern.compile("<body data-said=\"([^\"]*)\"").matcher(loaded.dom());
        assertTrue(said.find(), loaded.dom().substring(0, 500));
        return said.group(1);
    }

    @Test
    void aNarrowWindowShowsEachPagesHeadlineAndNothingBesideIt() throws Exception {
        final String looks = """
            document.querySelectorAll('details').forEach(one => { one.open = true; });
            for (var i = 0; i < 7; i++) {
              press(String(i + 1));
              var page = document.querySelector('.page:not([hidden])');
              page.scrollIntoView();
              var head = page.querySelector('h2').getBoundingClientRect();
              var above = document.querySelector('header').getBoundingClientRect();
              log(innerWidth + (document.documentElement.scrollWidth > innerWidth ? ' overflows' : '')
                + (head.top < Math.max(0, above.bottom) ? ' hidden' : ''));
            }
            """;
        assertEquals("500|".repeat(7), drive(looks, "--window-size=500,700"));
        assertEquals("1200|".repeat(7), drive(looks, "--window-size=1200,900"));
        if (!PICTURES.isEmpty()) {
            chromium.shoot(file, "paths", Path.of(PICTURES, "paths-narrow.png"), "--window-size=500,700");
        }
    }

    @Test
    void itIsDrawnLightAndDarkAndEveryTextCanBeReadInBoth() throws Exception {
        final Path pictures = PICTURES.isEmpty() ? directory : Path.of(PICTURES);
        for (final String page : PAGES) {
            final Path light = pictures.resolve(page + "-light.png");
            final Path dark = pictures.resolve(page + "-dark.png");
            chromium.shoot(file, page, light);
            chromium.shoot(file, page, dark, DARK);
            assertTrue(Files.size(light) > 10_000 && Files.size(dark) > 10_000, page);
        }
        final String contrasts = """
            function parts(colour) { return colour.match(/[0-9.]+/g).map(Number); }
            function light(colour) {
              var c = parts(colour).slice(0, 3).map(v => v / 255)
                .map(v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
              return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
            }
            function ground(node) {
              for (; node; node = node.parentElement) {
                var colour = getComputedStyle(node).backgroundColor;
                if (parts(colour).length < 4 || parts(colour)[3] > 0) { return colour; }
              }
            }
            log(light(ground(document.body)) > 0.5 ? 'light' : 'dark');
            document.querySelectorAll('details').forEach(one => { one.open = true; });
            for (var i = 0; i < 7; i++) {
              press(String(i + 1));
              var worst = [99];
              document.querySelectorAll('body *:not(script)').forEach(node => {
                var text = Array.prototype.some.call(node.childNodes, n => n.nodeType === 3 && n.data.trim());
                if (text && !node.closest('svg') && node.getClientRects().length) {
                  var a = light(getComputedStyle(node).color), b = light(ground(node));
                  var ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                  if (ratio < worst[0]) { worst = [ratio, node.className, node.textContent.slice(0, 20)]; }
                }
              });
              log(worst[0] >= 4.5 ? 'fine' : worst.join(' '));
            }
            """;
        assertEquals("light|" + "fine|".repeat(7), drive(contrasts));
        assertEquals("dark|" + "fine|".repeat(7), drive(contrasts, DARK));
    }
}
