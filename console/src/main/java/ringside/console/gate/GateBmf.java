package ringside.console.gate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ringside.console.report.JsonText;
import ringside.emulator.state.OwnFile;
import ringside.profiler.gate.MeasuredPath;

/** What was measured in the Bencher Metric Format: a benchmark for each path, a measure for each metric, exact. */
public final class GateBmf {
    private static final String VALUE = "value";
    /** Of objects: all, a benchmark, a measure. */
    private static final int DEPTH = 3;

    private GateBmf() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param verdicts one for each gate file
     */
    public static String of(final List<GateVerdict> verdicts) {
        return JsonText.of(json -> {
            json.writeStartObject();
            for (final GateVerdict verdict : verdicts) {
                for (final MeasuredPath path : verdict.run().measured().paths().values()) {
                    json.writeObjectFieldStart(verdicts.size() > 1 ? verdict.gate().title() + ": " + path.name()
                        : path.name());
                    for (final Map.Entry<String, Long> metric : path.metrics().entrySet()) {
                        json.writeObjectFieldStart(metric.getKey());
                        json.writeNumberField(VALUE, metric.getValue());
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
        });
    }

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else} The format has no place
     * for who wrote it: what is nothing but numbers of benchmarks is one.
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "in the Bencher Metric Format", OwnFile.HEAD, GateBmf::isOne);
    }

    private static boolean isOne(final byte[] head) {
        int depth = 0;
        try (JsonParser json = new JsonFactory().createParser(head)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                final boolean fits = switch (token) {
                    case START_OBJECT -> ++depth <= DEPTH;
                    case END_OBJECT -> depth-- > 0;
                    case FIELD_NAME -> depth < DEPTH || VALUE.equals(json.currentName());
                    case VALUE_NUMBER_INT -> depth == DEPTH;
                    default -> false;
                };
                if (!fits) {
                    return false;
                }
            }
            return head.length > 0 && depth == 0;
        } catch (final IOException cut) {
            return head.length == OwnFile.HEAD && depth > 0;
        }
    }
}
