package ringside.console.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceDiff;

/** What is different between two recordings as JSON, schema 1. */
public final class TraceDiffJson {
    private static final int SCHEMA = 1;

    private TraceDiffJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param diff    what is different
     * @param one     the first
     * @param other   the second
     * @param version of Ringside
     */
    public static String of(final TraceDiff diff, final Trace one, final Trace other, final String version) {
        return ReplayJson.document(json -> {
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeBooleanField("equal", diff.agrees());
            json.writeNumberField("equalUntil", diff.equalUntil());
            rows(json, "head", diff.head());
            rows(json, "input", diff.input().stream().toList());
            rows(json, "state", diff.state().stream().toList());
            rows(json, "ends", diff.ends().stream().toList());
            if (diff.events().isPresent()) {
                json.writeObjectFieldStart("event");
                json.writeNumberField("number", diff.events().get().number());
                json.writeBooleanField("bySymbol", diff.bySymbol());
                json.writeArrayFieldStart("behind");
                for (final String symbol : diff.events().get().common()) {
                    json.writeString(symbol);
                }
                json.writeEndArray();
                side(json, "a", diff.events().get().one(), one);
                side(json, "b", diff.events().get().other(), other);
                json.writeEndObject();
            }
            rows(json, "ofNoAccount", diff.notes());
        });
    }

    /** Writes an event and the step that it comes at. */
    private static void side(final JsonGenerator json, final String name, final TraceDiff.Side side, final Trace trace)
            throws IOException {
        ReplayJson.event(json, name, side.event(), trace.symbols());
        json.writeNumberField(name + "StepLeast", side.least());
        json.writeNumberField(name + "StepMost", side.most());
    }

    private static void rows(final JsonGenerator json, final String name, final List<TraceDiff.Row> rows)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final TraceDiff.Row row : rows) {
            json.writeStartObject();
            json.writeStringField("name", row.name());
            json.writeStringField("a", row.one());
            json.writeStringField("b", row.other());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
