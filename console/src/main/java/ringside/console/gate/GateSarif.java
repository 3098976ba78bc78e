package ringside.console.gate;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ringside.console.report.JsonText;
import ringside.emulator.state.OwnFile;
import ringside.profiler.gate.MetricChange.Fate;
import ringside.profiler.gate.PathChange;

/** Failures as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format): a result for each path. */
public final class GateSarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String FORMAT = "2.1.0";
    private static final String TOOL = "Ringside";
    private static final Map<Fate, Rule> BY_FATE = Map.of(Fate.WORSE, Rule.SLOWER, Fate.UNRECORDED, Rule.GAIN,
        Fate.OTHER, Rule.OTHER, Fate.NEW, Rule.NEW, Fate.MISSING, Rule.MISSING);

    private GateSarif() {
    }

    /** What a result is about. */
    private enum Rule {
        SLOWER("slower-path", "A path costs more than its baseline allows"),
        GAIN("unrecorded-gain", "A path costs less than its baseline says, which has to be recorded"),
        OTHER("other-number", "A number of which neither more nor less is better is not what the baseline has"),
        NEW("new-number", "The baseline does not have a number"),
        MISSING("missing-number", "The run does not have a number that the baseline has"),
        UNMEASURED("unmeasured-path", "A path could not be measured"),
        MODEL("other-model", "The baseline's cycles are of another version of the model"),
        SCRIPT("failed-script", "A script did not go through"),
        RUN("failed-run", "Nothing was held against a baseline");

        private final String id;
        private final String text;

        Rule(final String id, final String text) {
            this.id = id;
            this.text = text;
        }
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param verdicts one for each gate file
     * @param version  of Ringside
     */
    public static String of(final List<GateVerdict> verdicts, final String version) {
        return of(verdicts, Optional.empty(), version);
    }

    /** {@return the document of a run that measured nothing} */
    public static String failure(final String problem, final String version) {
        return of(List.of(), Optional.of(problem), version);
    }

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "SARIF that Ringside wrote", "{\"$schema\": \"" + SCHEMA + "\", \"version\": \""
            + FORMAT + "\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"" + TOOL + "\",");
    }

    private static String of(
            final List<GateVerdict> verdicts, final Optional<String> problem, final String version) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("$schema", SCHEMA);
            json.writeStringField("version", FORMAT);
            json.writeArrayFieldStart("runs");
            json.writeStartObject();
            json.writeObjectFieldStart("tool");
            json.writeObjectFieldStart("driver");
            json.writeStringField("name", TOOL);
            json.writeStringField("version", version);
            json.writeArrayFieldStart("rules");
            for (final Rule rule : Rule.values()) {
                rule(json, rule);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayFieldStart("invocations");
            json.writeStartObject();
            json.writeBooleanField("executionSuccessful", problem.isEmpty());
            json.writeEndObject();
            json.writeEndArray();
            json.writeArrayFieldStart("results");
            if (problem.isPresent()) {
                result(json, Rule.RUN, problem.get(), "run", Optional.empty());
            }
            for (final GateVerdict verdict : verdicts) {
                results(json, verdict);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void results(final JsonGenerator json, final GateVerdict verdict) throws IOException {
        final GateFile gate = verdict.gate();
        for (final Map.Entry<String, String> model : verdict.comparison().models().entrySet()) {
            result(json, Rule.MODEL, GateBlame.otherModel(model.getValue()), "model " + model.getKey(),
                Optional.of(GateSources.place(gate, gate.baseline())));
        }
        for (final PathChange path : verdict.comparison().failures()) {
            result(json, path.problem().isPresent() ? Rule.UNMEASURED
                    : BY_FATE.get(path.failures().getFirst().fate()), GateBlame.sentence(path), path.name(),
                GateBlame.place(path).flatMap(step -> GateSources.place(gate, step)));
        }
        for (final GateRun.ScriptOutcome script : verdict.failedScripts()) {
            result(json, Rule.SCRIPT, script.name() + ": " + script.problem(), script.name(),
                Optional.of(GateSources.place(gate, Path.of(script.name()))));
        }
    }

    private static void rule(final JsonGenerator json, final Rule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id);
        json.writeObjectFieldStart("shortDescription");
        json.writeStringField("text", rule.text);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void result(final JsonGenerator json, final Rule rule, final String message, final String path,
            final Optional<GateSources.Place> place) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", rule.id);
        json.writeNumberField("ruleIndex", rule.ordinal());
        json.writeStringField("level", "error");
        json.writeObjectFieldStart("message");
        json.writeStringField("text", message);
        json.writeEndObject();
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("path", path);
        json.writeEndObject();
        if (place.isPresent()) {
            json.writeArrayFieldStart("locations");
            json.writeStartObject();
            json.writeObjectFieldStart("physicalLocation");
            json.writeObjectFieldStart("artifactLocation");
            json.writeStringField("uri", uri(place.get().file()));
            json.writeEndObject();
            if (place.get().line() > 0) {
                json.writeObjectFieldStart("region");
                json.writeNumberField("startLine", place.get().line());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** A relative reference for what is in the repository, whose first part is not taken for a scheme. */
    private static String uri(final String file) {
        try {
            return file.startsWith("/") ? new URI("file", "", file, null).toASCIIString()
                : new URI(null, null, "./" + file, null).toASCIIString().substring(file.contains(":") ? 0 : 2);
        } catch (final URISyntaxException odd) {
            return "unknown";
        }
    }
}
