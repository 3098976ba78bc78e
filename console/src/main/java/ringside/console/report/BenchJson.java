package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import ringside.fastpath.experiment.IpcReport;
import ringside.fastpath.experiment.Measurement;
import ringside.fastpath.experiment.PathKey;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.profile.PhaseShare;
import ringside.profiler.profile.WindowCounts;

/** The bench's result as JSON, schema 1. Counts are of one execution; phases and residue add up to the kernel's. */
public final class BenchJson {
    private static final int SCHEMA = 1;

    private BenchJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param report  what was measured
     * @param version of Ringside
     */
    public static String of(final IpcReport report, final String version) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", report.model());
            json.writeNumberField("seed", report.seed());
            json.writeStringField("image", report.images().get(Variant.FAST_ASM));
            json.writeObjectFieldStart("images");
            for (final Map.Entry<Variant, String> image : report.images().entrySet()) {
                json.writeStringField(image.getKey().toString(), image.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("results");
            for (final Measurement measurement : report.measurements()) {
                write(json, measurement);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    /** {@return how every document of ours is laid out} */
    static DefaultPrettyPrinter layout() {
        final DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        final DefaultPrettyPrinter layout = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        layout.indentObjectsWith(lines);
        layout.indentArraysWith(lines);
        return layout;
    }

    private static void write(final JsonGenerator json, final Measurement measurement) throws IOException {
        final PathKey path = measurement.path();
        final WindowCounts counts = measurement.counts();
        json.writeStartObject();
        json.writeStringField("experiment", path.experiment().toString());
        json.writeStringField("variant", path.variant().toString());
        json.writeStringField("space", path.space().toString());
        json.writeNumberField("words", path.words());
        json.writeStringField("direction", path.direction().toString());
        json.writeNumberField("instructions", counts.instructions());
        json.writeNumberField("kernelInstructions", counts.kernelInstructions());
        json.writeNumberField("userInstructions", counts.userInstructions());
        json.writeNumberField("dataLines", counts.data().lines());
        json.writeNumberField("reads", counts.data().reads());
        json.writeNumberField("writes", counts.data().writes());
        json.writeNumberField("cycles", counts.cycles());
        json.writeObjectFieldStart("phases");
        for (final PhaseShare phase : counts.phases()) {
            json.writeNumberField(Names.phase(phase.name()), phase.instructions());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("phaseCycles");
        for (final PhaseShare phase : counts.phases()) {
            json.writeNumberField(Names.phase(phase.name()), phase.cycles());
        }
        json.writeEndObject();
        json.writeNumberField("residue", counts.residue());
        json.writeNumberField("rounds", measurement.window().rounds());
        json.writeObjectFieldStart("excluded");
        for (final Map.Entry<String, Integer> excluded : measurement.window().excluded().entrySet()) {
            json.writeNumberField(excluded.getKey(), excluded.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
