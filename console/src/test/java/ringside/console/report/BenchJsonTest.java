package ringside.console.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ringside.fastpath.experiment.IpcReport;
import ringside.fastpath.experiment.Measurement;
import ringside.fastpath.experiment.PathKey;

class BenchJsonTest {
    private final IpcReport report = SampleReport.report();
    private final String text = BenchJson.of(report, "1.2.3");

    private static Object value(final JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                final Map<String, Object> object = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    final String name = json.currentName();
                    json.nextToken();
                    object.put(name, value(json));
                }
                yield object;
            }
            case START_ARRAY -> {
                final List<Object> array = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(json));
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> json.getLongValue();
            default -> json.getText();
        };
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> document() throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            return (Map<String, Object>) value(json);
        }
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> results() throws IOException {
        return (List<Map<String, Object>>) document().get("results");
    }

    @Test
    void theHeadNamesSchemaVersionModelSeedAndImages() throws IOException {
        final Map<String, Object> head = document();
        assertEquals(List.of("schema", "version", "model", "seed", "image", "images", "results"),
                List.copyOf(head.keySet()));
        assertEquals(1L, head.get("schema"));
        assertEquals("1.2.3", head.get("version"));
        assertEquals("unit-1", head.get("model"));
        assertEquals(7L, head.get("seed"));
        assertEquals("a1".repeat(32), head.get("image"), "the image of the fast path in assembly stands for all");
        assertEquals(Map.of("fast-asm", "a1".repeat(32), "fast-generated", "b2".repeat(32), "slow", "c3".repeat(32)),
                head.get("images"));
    }

    @Test
    void thereIsOneResultForEachPathInOrder() throws IOException {
        final List<String> names = results().stream().map(result -> String.join("/",
                result.get("experiment").toString(), result.get("variant").toString(), result.get("space").toString(),
                result.get("words").toString(), result.get("direction").toString())).toList();
        assertEquals(PathKey.all().stream().map(path -> String.join("/", path.experiment().toString(),
                path.variant().toString(), path.space().toString(), Integer.toString(path.words()),
                path.direction().toString())).toList(), names);
        assertEquals(45, names.size());
    }

    @Test
    @SuppressWarnings("unchecked")
    void phasesAndResidueAddUpToTheKernelsShareInEveryResult() throws IOException {
        for (final Map<String, Object> result : results()) {
            final Map<String, Long> phases = (Map<String, Long>) result.get("phases");
            assertEquals(List.of("entry", "checks", "dequeue", "reply-link", "copy", "switch", "exit"),
                    List.copyOf(phases.keySet()));
            assertEquals(result.get("kernelInstructions"),
                    phases.values().stream().mapToLong(Long::longValue).sum() + (Long) result.get("residue"));
            assertEquals(result.get("instructions"),
                    (Long) result.get("kernelInstructions") + (Long) result.get("userInstructions"));
        }
    }

    @Test
    void numbersAreThoseOfTheReport() throws IOException {
        final List<Map<String, Object>> results = results();
        for (int i = 0; i < results.size(); i++) {
            final Measurement measurement = report.measurements().get(i);
            assertEquals(measurement.counts().kernelInstructions(), results.get(i).get("kernelInstructions"));
            assertEquals((long) measurement.counts().data().lines(), results.get(i).get("dataLines"));
            assertEquals(measurement.counts().cycles(), results.get(i).get("cycles"));
            assertEquals(48L, results.get(i).get("rounds"));
        }
    }

    @Test
    void theSameReportHasTheSameBytesAndUnixLines() {
        assertEquals(text, BenchJson.of(SampleReport.report(), "1.2.3"));
        assertTrue(text.endsWith("\n}\n"), text);
        assertTrue(text.indexOf('\r') < 0);
    }
}
