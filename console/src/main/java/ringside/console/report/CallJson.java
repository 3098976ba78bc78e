package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import ringside.profiler.profile.CallCount;
import ringside.toolchain.image.GuestImage;

/** System calls as JSON, schema 1. */
public final class CallJson {
    private static final int SCHEMA = 1;

    private CallJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param counts     the calls
     * @param image      what ran
     * @param model      name of the cycle model
     * @param version    of Ringside
     * @param errorsOnly whether only calls that failed are shown
     */
    public static String of(final List<CallCount> counts, final GuestImage image, final String model,
            final String version, final boolean errorsOnly) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", model);
            json.writeStringField("image", image.sha256());
            json.writeArrayFieldStart("calls");
            for (final CallCount count : counts) {
                if (!errorsOnly || count.failed()) {
                    write(json, count);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(final JsonGenerator json, final CallCount count) throws IOException {
        json.writeStartObject();
        json.writeStringField("client", count.client());
        json.writeStringField("call", count.call());
        json.writeStringField("to", count.peer().orElse(null));
        json.writeStringField("result", count.result().orElse(null));
        json.writeBooleanField("fine", count.fine());
        json.writeNumberField("count", count.count());
        SwitchJson.distribution(json, "cycles", count.cycles());
        json.writeEndObject();
    }
}
