package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import ringside.profiler.replay.Divergence;
import ringside.profiler.trace.EventText;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceEvent;
import ringside.profiler.trace.TraceSymbols;

/** What came of running a recording again as JSON, schema 1. */
public final class ReplayJson {
    private static final int SCHEMA = 1;

    private ReplayJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param trace       what was recorded
     * @param version     of Ringside
     * @param checkpoints how many were equal
     * @param divergence  the first difference
     */
    public static String of(final Trace trace, final String version, final int checkpoints,
            final Optional<Divergence> divergence) {
        return document(json -> {
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("image", trace.head().sha256());
            json.writeBooleanField("closed", trace.end().isPresent());
            json.writeNumberField("steps", trace.steps());
            json.writeBooleanField("equal", divergence.isEmpty());
            json.writeNumberField("checkpoints", checkpoints);
            if (divergence.isPresent()) {
                json.writeObjectFieldStart("difference");
                difference(json, divergence.get(), trace.symbols());
                json.writeEndObject();
            }
        });
    }

    /** Fields of an object. */
    interface Fields {
        void to(JsonGenerator json) throws IOException;
    }

    /** {@return an object as a document} */
    static String document(final Fields fields) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            fields.to(json);
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void difference(final JsonGenerator json, final Divergence found, final TraceSymbols symbols)
            throws IOException {
        json.writeStringField("what", found.what().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("equalUntil", found.equal());
        json.writeNumberField("seenAt", found.seen());
        json.writeBooleanField("exact", found.exact());
        json.writeNumberField("cpu", found.cpu());
        json.writeStringField("rip", "0x" + Long.toHexString(found.rip()));
        json.writeStringField("symbol", symbols.format(found.rip()));
        event(json, "recorded", found.recorded(), symbols);
        event(json, "here", found.here(), symbols);
        if (!found.registers().isEmpty()) {
            json.writeObjectFieldStart("registers");
            for (final Divergence.Register register : found.registers()) {
                json.writeStringField(register.name(), "0x" + Long.toHexString(register.value()));
            }
            json.writeEndObject();
        }
        json.writeNumberField("checkpoint", found.checkpoint());
        json.writeArrayFieldStart("details");
        for (final Divergence.Detail detail : found.details()) {
            json.writeStartObject();
            json.writeStringField("name", detail.name());
            json.writeStringField("recorded", detail.recorded());
            json.writeStringField("here", detail.here());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes an event, if there is one. */
    static void event(final JsonGenerator json, final String name, final Optional<TraceEvent> event,
            final TraceSymbols symbols) throws IOException {
        if (event.isPresent()) {
            json.writeObjectFieldStart(name);
            json.writeStringField("kind", EventText.word(event.get().kind()));
            json.writeNumberField("cycle", event.get().cycle());
            json.writeNumberField("cpu", event.get().cpu());
            json.writeStringField("text", EventText.of(event.get(), symbols));
            json.writeEndObject();
        }
    }
}
