package ringside.console.gate;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import ringside.console.report.JsonText;
import ringside.emulator.state.OwnFile;
import ringside.profiler.gate.PathChange;

/** Failures as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format): a result for each path. */
public final class GateSarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String FORMAT = "2.1.0";
    private static final String TOOL = "Ringside";
    private static final String SLOWER = "slower-path";
    private static final String SCRIPT = "failed-script";
    private static final String FAILED = "failed-run";

    private GateSarif() {
    }

    /** A line of a file, 0 where it is the file. */
    private record Place(String file, int line) {
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
            rule(json, SLOWER, "A path costs more than its baseline allows");
            rule(json, SCRIPT, "A script did not go through");
            rule(json, FAILED, "Nothing was held against a baseline");
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayFieldStart("results");
            if (problem.isPresent()) {
                result(json, FAILED, problem.get(), "run", Optional.empty());
            }
            for (final GateVerdict verdict : verdicts) {
                for (final PathChange path : verdict.comparison().failures()) {
                    result(json, SLOWER, GateBlame.sentence(path), path.name(),
                        GateBlame.step(path).filter(step -> !step.file().isEmpty())
                            .map(step -> new Place(GateSources.file(verdict.gate(), step.file()), step.line())));
                }
                for (final GateRun.ScriptOutcome script : verdict.failedScripts()) {
                    result(json, SCRIPT, script.name() + ": " + script.problem(), script.name(),
                        Optional.of(new Place(script.name(), 0)));
                }
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void rule(final JsonGenerator json, final String id, final String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeObjectFieldStart("shortDescription");
        json.writeStringField("text", text);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void result(final JsonGenerator json, final String rule, final String message, final String path,
            final Optional<Place> place) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", rule);
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

    private static String uri(final String file) {
        try {
            return new URI(null, null, file, null).toASCIIString();
        } catch (final URISyntaxException odd) {
            return "unknown";
        }
    }
}
