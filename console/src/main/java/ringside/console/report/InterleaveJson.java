package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import ringside.fastpath.interleave.Leg;
import ringside.fastpath.interleave.Operation;
import ringside.fastpath.interleave.Replay;
import ringside.fastpath.interleave.ScheduleDeclaration;
import ringside.fastpath.interleave.ScheduleVerdict;
import ringside.fastpath.interleave.Search;
import ringside.fastpath.interleave.SequentialModel;
import ringside.toolchain.image.SourceLine;

/** What searches of schedules found as JSON, schema 1. */
public final class InterleaveJson {
    private static final int SCHEMA = 1;

    private InterleaveJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param declaration of the structure
     * @param searches    what came of them
     * @param version     of Ringside
     */
    public static String of(final ScheduleDeclaration declaration, final List<Search> searches, final String version) {
        return document(declaration, version, json -> {
            json.writeArrayFieldStart("searches");
            for (final Search search : searches) {
                json.writeStartObject();
                write(json, search);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * {@return the verdicts' document, ending in a line feed}
     *
     * @param declaration of the structure
     * @param verdicts    on its claims
     * @param version     of Ringside
     */
    public static String claims(
            final ScheduleDeclaration declaration, final List<ScheduleVerdict> verdicts, final String version) {
        return document(declaration, version, json -> {
            json.writeArrayFieldStart("claims");
            for (final ScheduleVerdict one : verdicts) {
                json.writeStartObject();
                json.writeArrayFieldStart("rows");
                for (final String row : one.claim().rows()) {
                    json.writeString(row);
                }
                json.writeEndArray();
                json.writeStringField("text", one.claim().text());
                json.writeStringField("verdict", one.verdict().toString());
                write(json, one.search());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Writes a part of a document. */
    private interface Part {
        void write(JsonGenerator json) throws IOException;
    }

    private static String document(final ScheduleDeclaration declaration, final String version, final Part part) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("structure", declaration.files().name());
            json.writeStringField("title", declaration.title());
            json.writeStringField("model", declaration.model().key());
            part.write(json);
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    /** Writes the fields of a search into an object. */
    static void write(final JsonGenerator json, final Search search) throws IOException {
        json.writeStringField("scenario", search.scenario().name());
        json.writeStringField("mutant", search.mutant().map(bug -> bug.name()).orElse(null));
        json.writeStringField("image", search.image().sha256());
        json.writeStringField("memory", search.scenario().memory().key());
        json.writeNumberField("cpus", search.scenario().cpus());
        json.writeNumberField("preemptions", search.scenario().preemptions());
        json.writeNumberField("schedules", search.schedules());
        json.writeBooleanField("complete", search.complete());
        json.writeBooleanField("failed", search.failed());
        if (search.replay().isPresent()) {
            write(json, search.replay().get(), search);
        }
    }

    private static void write(final JsonGenerator json, final Replay replay, final Search search) throws IOException {
        json.writeStringField("schedule", replay.outcome().schedule().toString());
        json.writeStringField("reason", replay.wrong().orElse(null));
        json.writeArrayFieldStart("operations");
        for (final Operation operation : replay.outcome().operations()) {
            json.writeStartObject();
            json.writeNumberField("cpu", operation.cpu());
            json.writeStringField("kind", SequentialModel.verb(operation.kind()));
            json.writeNumberField("argument", operation.argument());
            json.writeNumberField("called", operation.called());
            if (operation.isDone()) {
                json.writeNumberField("returned", operation.returned());
                json.writeNumberField("result", operation.result());
                json.writeNumberField("value", operation.value());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("legs");
        try (ImageCode code = ImageCode.of(search.image())) {
            for (final Leg leg : replay.legs()) {
                json.writeStartObject();
                json.writeNumberField("cpu", leg.cpu());
                json.writeNumberField("instructions", leg.addresses().length);
                json.writeBooleanField("waits", leg.waits());
                json.writeNumberField("waiting_stores", leg.waiting());
                json.writeBooleanField("done", leg.done());
                json.writeStringField("next", code.routine(leg.next()) + "+" + code.offset(leg.next()));
                json.writeStringField("source", code.source(leg.next()).map(SourceLine::toString).orElse(null));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
