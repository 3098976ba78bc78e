package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import ringside.console.verify.Scenario;
import ringside.console.verify.Stand;
import ringside.console.verify.Verdict;

/** What came of running a scenario twice as JSON, schema 1. */
public final class VerdictJson {
    private static final int SCHEMA = 1;

    private VerdictJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param verdict  what came of it
     * @param scenario what was run
     * @param version  of Ringside
     */
    public static String of(final Verdict verdict, final Scenario scenario, final String version) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", scenario.config().timing().id());
            json.writeStringField("image", scenario.image().sha256());
            json.writeBooleanField("equal", verdict.agrees());
            json.writeNumberField("comparisons", verdict.checks());
            json.writeNumberField("interval", verdict.interval());
            stand(json, "last", verdict.last());
            if (!verdict.agrees()) {
                json.writeObjectFieldStart("difference");
                json.writeBooleanField("narrowed", verdict.narrowed());
                list(json, "in", verdict.differences().toArray(String[]::new));
                list(json, "pages", VerdictText.pages(verdict.pages()).toArray(String[]::new));
                stand(json, "first", verdict.first());
                stand(json, "second", verdict.second());
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void list(final JsonGenerator json, final String name, final String[] items) throws IOException {
        json.writeFieldName(name);
        json.writeArray(items, 0, items.length);
    }

    private static void stand(final JsonGenerator json, final String name, final Stand stand) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("steps", stand.steps());
        json.writeNumberField("cycles", stand.cycles());
        json.writeStringField("result", stand.result());
        json.writeNumberField("serialBytes", stand.serialBytes());
        json.writeStringField("serial", stand.serial());
        json.writeStringField("hash", stand.hash());
        json.writeEndObject();
    }
}
