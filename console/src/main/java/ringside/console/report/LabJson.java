package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import ringside.fastpath.lab.Judgement;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.LabRow;
import ringside.fastpath.lab.Spread;

/** What an experiment found as JSON, schema 1. A number that was the same in all rounds is a number, else an object. */
public final class LabJson {
    private static final int SCHEMA = 1;

    private LabJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param result  what was found
     * @param version of Ringside
     */
    public static String of(final LabResult result, final String version) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("experiment", result.declaration().name());
            json.writeStringField("title", result.declaration().title());
            json.writeStringField("stand", result.declaration().stand().key());
            json.writeStringField("baseline", result.declaration().baseline().name());
            json.writeArrayFieldStart("models");
            for (final var make : result.declaration().models()) {
                json.writeString(make.id());
            }
            json.writeEndArray();
            json.writeObjectFieldStart("images");
            for (final Map.Entry<String, String> image : result.images().entrySet()) {
                json.writeStringField(image.getKey(), image.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("claims");
            for (final Judgement judgement : result.judgements()) {
                write(json, judgement);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("results");
            for (final LabRow row : result.rows()) {
                write(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(final JsonGenerator json, final Judgement judgement) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("rows");
        for (final String row : judgement.claim().rows()) {
            json.writeString(row);
        }
        json.writeEndArray();
        json.writeStringField("text", judgement.claim().text());
        json.writeStringField("variant", judgement.claim().variant());
        if (judgement.claim().holds().isPresent()) {
            json.writeStringField("holds", judgement.claim().holds().get().toString());
        } else {
            json.writeStringField("baseline", judgement.claim().baseline());
            json.writeStringField("metric", judgement.claim().metric().orElseThrow().toString());
            json.writeStringField("better", judgement.claim().less() ? "less" : "more");
            json.writeNumberField("claimed", judgement.claim().claimed().orElseThrow());
        }
        json.writeStringField("verdict", judgement.verdict().toString());
        json.writeArrayFieldStart("comparisons");
        for (final Judgement.Comparison one : judgement.comparisons()) {
            json.writeStartObject();
            writeParameters(json, one.point().values());
            json.writeNumberField("value", one.value());
            json.writeNumberField("baseline", one.baseline());
            json.writeNumberField("ratio", one.ratio());
            json.writeStringField("verdict", one.verdict().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final LabRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("variant", row.variant());
        writeParameters(json, row.point().values());
        json.writeArrayFieldStart("trial");
        json.writeNumber(row.trial().first());
        json.writeNumber(row.trial().second());
        json.writeNumber(row.trial().third());
        json.writeEndArray();
        json.writeStringField("window", row.window());
        json.writeNumberField("warmUp", row.warmUp());
        json.writeNumberField("rounds", row.rounds());
        json.writeObjectFieldStart("excluded");
        for (final Map.Entry<String, Integer> one : row.excluded().entrySet()) {
            json.writeNumberField(one.getKey(), one.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("settledAfter");
        for (final Map.Entry<String, Integer> one : row.settled().entrySet()) {
            json.writeNumberField(one.getKey(), one.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("metrics");
        for (final Map.Entry<String, Spread> one : row.metrics().entrySet()) {
            json.writeFieldName(one.getKey());
            write(json, one.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeParameters(final JsonGenerator json, final Map<String, Long> values)
            throws IOException {
        json.writeObjectFieldStart("parameters");
        for (final Map.Entry<String, Long> one : values.entrySet()) {
            json.writeNumberField(one.getKey(), one.getValue());
        }
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final Spread spread) throws IOException {
        if (spread.isExact()) {
            json.writeNumber(spread.min());
            return;
        }
        json.writeStartObject();
        json.writeNumberField("count", spread.count());
        json.writeNumberField("sum", spread.sum());
        json.writeNumberField("min", spread.min());
        json.writeNumberField("p50", spread.p50());
        json.writeNumberField("p90", spread.p90());
        json.writeNumberField("p99", spread.p99());
        json.writeNumberField("max", spread.max());
        json.writeEndObject();
    }
}
