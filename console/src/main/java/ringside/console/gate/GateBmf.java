package ringside.console.gate;

import java.util.List;
import java.util.Map;
import ringside.console.report.JsonText;
import ringside.profiler.gate.MeasuredPath;

/** What was measured in the Bencher Metric Format: a benchmark for each path, a measure for each metric, exact. */
public final class GateBmf {
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
                        json.writeNumberField("value", metric.getValue());
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
        });
    }
}
