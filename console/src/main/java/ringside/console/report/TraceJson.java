package ringside.console.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import ringside.profiler.trace.Checkpoint;
import ringside.profiler.trace.Stretch;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceHead;

/** What a recording holds as JSON, schema 1. */
public final class TraceJson {
    private static final int SCHEMA = 1;

    private TraceJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param trace   what was recorded
     * @param version of Ringside
     */
    public static String of(final Trace trace, final String version) {
        return ReplayJson.document(json -> {
            final TraceHead head = trace.head();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("recordedBy", head.build());
            json.writeNumberField("behaviour", head.behaviour());
            json.writeStringField("imageFile", head.image());
            json.writeStringField("image", head.sha256());
            json.writeStringField("make", head.make());
            json.writeStringField("model", head.model());
            json.writeNumberField("seed", head.seed());
            json.writeNumberField("cpus", head.cpus());
            json.writeNumberField("interval", head.interval());
            json.writeFieldName("options");
            json.writeArray(head.arguments().toArray(String[]::new), 0, head.arguments().size());
            json.writeNumberField("inputBytes", trace.input().bytes());
            json.writeNumberField("steps", trace.steps());
            json.writeBooleanField("closed", trace.end().isPresent());
            if (trace.end().isPresent()) {
                json.writeStringField("end", trace.end().get().result());
            }
            if (head.events()) {
                json.writeNumberField("events", ReplayText.events(trace));
            }
            json.writeArrayFieldStart("checkpoints");
            for (final Stretch stretch : trace.stretches()) {
                checkpoint(json, head, stretch.end());
            }
            json.writeEndArray();
            json.writeObjectFieldStart("counts");
            for (final Map.Entry<String, Long> count : TraceText.counts(trace).entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
        });
    }

    private static void checkpoint(final JsonGenerator json, final TraceHead head, final Checkpoint end)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("steps", end.steps());
        json.writeNumberField("cycles", end.cycles());
        json.writeNumberField("cpu", end.cpu());
        json.writeStringField("hash", end.hash());
        json.writeArrayFieldStart("registers");
        for (final long[] registers : end.registers()) {
            json.writeStartObject();
            for (int i = 0; i < registers.length; i++) {
                json.writeStringField(head.registers().get(i), "0x" + Long.toHexString(registers[i]));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
