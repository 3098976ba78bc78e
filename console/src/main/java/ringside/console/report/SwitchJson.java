package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.Distribution;
import ringside.profiler.profile.SwitchGroup;
import ringside.profiler.profile.SwitchProfiler;
import ringside.toolchain.image.GuestImage;

/** Context switches as JSON, schema 1. Sums are of all switches of a group; parts add up to the group. */
public final class SwitchJson {
    private static final int SCHEMA = 1;

    private SwitchJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param groups  the switches
     * @param image   what ran
     * @param model   name of the cycle model
     * @param version of Ringside
     */
    public static String of(
            final List<SwitchGroup> groups, final GuestImage image, final String model, final String version) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", model);
            json.writeStringField("image", image.sha256());
            json.writeNumberField("followed", SwitchProfiler.FOLLOWED);
            json.writeArrayFieldStart("groups");
            for (final SwitchGroup group : groups) {
                write(json, group);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(final JsonGenerator json, final SwitchGroup group) throws IOException {
        json.writeStartObject();
        json.writeNumberField("cpu", group.cpu());
        json.writeStringField("entry", group.entry());
        json.writeBooleanField("toIdle", group.toIdle());
        distribution(json, "cycles", group.cycles());
        json.writeArrayFieldStart("parts");
        for (final SwitchGroup.Part part : group.parts()) {
            json.writeStartObject();
            json.writeStringField("part", part.part().title());
            json.writeNumberField("instructions", part.instructions());
            json.writeNumberField("misses", part.misses());
            distribution(json, "cycles", part.cycles());
            causes(json, "causes", part.causes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("residue", group.residue());
        json.writeEndObject();
    }

    /** Writes a distribution as an object. */
    static void distribution(final JsonGenerator json, final String name, final Distribution of) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", of.count());
        json.writeNumberField("sum", of.sum());
        json.writeNumberField("min", of.min());
        json.writeNumberField("p50", of.p50());
        json.writeNumberField("p90", of.p90());
        json.writeNumberField("p99", of.p99());
        json.writeNumberField("max", of.max());
        json.writeEndObject();
    }

    /** Writes cycles by cause as an object. */
    static void causes(final JsonGenerator json, final String name, final Map<Cause, Long> causes)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (final Map.Entry<Cause, Long> cause : causes.entrySet()) {
            json.writeNumberField(cause.getKey().title(), cause.getValue());
        }
        json.writeEndObject();
    }
}
