package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalDouble;
import ringside.profiler.calibrate.CalibrationReport;
import ringside.profiler.calibrate.CalibrationRow;
import ringside.profiler.calibrate.Estimate;
import ringside.profiler.calibrate.NativeResult;

/** A calibration as JSON, schema 1. Figures are of one iteration; errors are shares of what was measured. */
public final class CalibrateJson {
    private static final int SCHEMA = 1;

    private CalibrateJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param report  what was measured and said
     * @param version of Ringside
     */
    public static String of(final CalibrationReport report, final String version) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("cpu", report.cpu());
            json.writeArrayFieldStart("models");
            for (final String model : report.models()) {
                write(json, model, report.quality(model));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("snippets");
            for (final CalibrationRow row : report.rows()) {
                write(json, row);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("pairs");
            for (final CalibrationReport.Pair pair : report.pairs()) {
                write(json, report, pair);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(final JsonGenerator json, final String model, final CalibrationReport.Quality quality)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", model);
        json.writeNumberField("snippets", quality.snippets());
        final boolean some = quality.snippets() > 0;
        write(json, "mape", quality.mean(), some);
        write(json, "median", quality.median(), some);
        write(json, "within10", quality.within10(), some);
        write(json, "worst", quality.worst(), some);
        json.writeEndObject();
    }

    /** A figure, or null where nothing was compared. */
    private static void write(final JsonGenerator json, final String name, final double figure, final boolean known)
            throws IOException {
        if (known) {
            json.writeNumberField(name, figure);
        } else {
            json.writeNullField(name);
        }
    }

    private static void write(final JsonGenerator json, final CalibrationRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", row.snippet());
        if (row.pair().isPresent()) {
            json.writeStringField("pair", row.pair().get());
        }
        json.writeNumberField("instructions", row.instructions());
        switch (row.host()) {
            case NativeResult.Measured(double cycles, double spread, int accepted, int rejected) -> {
                json.writeNumberField("native", cycles);
                json.writeNumberField("spread", spread);
                json.writeNumberField("accepted", accepted);
                json.writeNumberField("rejected", rejected);
            }
            case NativeResult.Dropped(String reason, boolean _) -> json.writeStringField("dropped", reason);
        }
        json.writeObjectFieldStart("models");
        for (final Map.Entry<String, Estimate> estimate : row.estimates().entrySet()) {
            json.writeObjectFieldStart(estimate.getKey());
            if (estimate.getValue().cycles().isPresent()) {
                json.writeNumberField("cycles", estimate.getValue().cycles().getAsDouble());
            } else {
                json.writeStringField("note", estimate.getValue().note());
            }
            number(json, "error", row.error(estimate.getKey()));
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final CalibrationReport report,
            final CalibrationReport.Pair pair) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", pair.name());
        json.writeStringField("first", pair.first().snippet());
        json.writeStringField("second", pair.second().snippet());
        number(json, "native", pair.ratio());
        json.writeBooleanField("decided", pair.decided());
        json.writeObjectFieldStart("models");
        for (final String model : report.models()) {
            json.writeObjectFieldStart(model);
            number(json, "ratio", pair.ratio(model));
            json.writeBooleanField("sameSign", pair.sameSign(model));
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void number(final JsonGenerator json, final String name, final OptionalDouble value)
            throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsDouble());
        }
    }
}
