package ringside.console.gate;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import ringside.console.report.JsonText;
import ringside.profiler.gate.CauseChange;
import ringside.profiler.gate.CodeMove;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.PathChange;
import ringside.profiler.gate.PathDiff;

/** Verdicts as JSON, schema 1, described in {@code docs/check.schema.json}. */
public final class GateJson {
    private static final int SCHEMA = 1;

    private GateJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param verdicts one for each gate file
     * @param version  of Ringside
     */
    public static String of(final List<GateVerdict> verdicts, final String version) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeBooleanField("open", verdicts.stream().noneMatch(GateVerdict::shut));
            json.writeArrayFieldStart("gates");
            for (final GateVerdict verdict : verdicts) {
                write(json, verdict);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /**
     * {@return the document of a run that came to no verdict, ending in a line feed}
     *
     * @param problem what ended it
     * @param exit    the code that the process ends with
     * @param version of Ringside
     */
    public static String failure(final String problem, final int exit, final String version) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeBooleanField("open", false);
            json.writeArrayFieldStart("gates");
            json.writeEndArray();
            json.writeObjectFieldStart("error");
            json.writeNumberField("exit", exit);
            json.writeStringField("message", problem);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void write(final JsonGenerator json, final GateVerdict verdict) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", verdict.gate().title());
        json.writeStringField("against", verdict.against());
        json.writeBooleanField("open", !verdict.shut());
        json.writeObjectFieldStart("models");
        for (final Map.Entry<String, String> model : verdict.run().measured().models().entrySet()) {
            json.writeStringField(model.getKey(), model.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("otherModels");
        for (final Map.Entry<String, String> model : verdict.comparison().models().entrySet()) {
            json.writeStringField(model.getKey(), model.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("paths");
        for (final PathChange path : verdict.comparison().paths()) {
            write(json, path);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("scripts");
        for (final GateRun.ScriptOutcome script : verdict.run().scripts()) {
            json.writeStartObject();
            json.writeStringField("name", script.name());
            json.writeBooleanField("ok", script.ok());
            json.writeStringField("problem", script.problem());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final PathChange path) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", path.name());
        json.writeBooleanField("fails", path.fails());
        if (path.problem().isPresent()) {
            json.writeStringField("problem", path.problem().get());
        }
        json.writeArrayFieldStart("metrics");
        for (final MetricChange metric : path.metrics()) {
            json.writeStartObject();
            json.writeStringField("metric", metric.metric());
            number(json, "before", metric.before());
            number(json, "after", metric.after());
            json.writeStringField("limit", metric.limit().toString());
            json.writeStringField("fate", metric.fate().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("causes");
        for (final CauseChange change : path.causes()) {
            write(json, change);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("moved");
        for (final CodeMove move : path.changed() ? path.moved() : List.<CodeMove>of()) {
            json.writeStartObject();
            json.writeStringField("routine", move.routine());
            json.writeStringField("before", "0x" + Long.toHexString(move.before()));
            json.writeStringField("after", "0x" + Long.toHexString(move.after()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("instructions");
        for (final PathDiff.Step step : path.changed() ? steps(path) : List.<PathDiff.Step>of()) {
            write(json, step);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final CauseChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("metric", change.metric());
        json.writeBooleanField("kept", change.kept());
        json.writeObjectFieldStart("cycles");
        for (final Map.Entry<String, Long> cause : change.causes().entrySet()) {
            json.writeNumberField(cause.getKey(), cause.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Those that are new, gone, moved, or of another cost. */
    private static List<PathDiff.Step> steps(final PathChange path) {
        return path.diff().map(diff -> diff.steps().stream().filter(PathDiff.Step::changed).toList()).orElse(List.of());
    }

    private static void number(final JsonGenerator json, final String name, final OptionalLong value)
            throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }

    private static void write(final JsonGenerator json, final PathDiff.Step step) throws IOException {
        final GateStep shown = step.shown();
        json.writeStartObject();
        json.writeStringField("fate", step.fate().name().toLowerCase(Locale.ROOT));
        json.writeStringField("routine", shown.routine());
        json.writeStringField("text", shown.text());
        json.writeStringField("file", shown.file());
        json.writeNumberField("line", shown.line());
        json.writeNumberField("cycles", step.cycles());
        json.writeStringField("cause", shown.cause());
        json.writeEndObject();
    }
}
