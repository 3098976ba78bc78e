package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import ringside.fastpath.experiment.IpcReport;
import ringside.fastpath.experiment.ModelCycles;
import ringside.fastpath.experiment.PathCycles;
import ringside.fastpath.experiment.PathKey;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.profile.Distribution;
import ringside.profiler.profile.PhaseShare;
import ringside.profiler.profile.RoundCost;
import ringside.profiler.profile.Settling;

/** The bench under cycle models as JSON, schema 1. Phases, user and residue add up to a round; so do causes. */
public final class CycleJson {
    private static final int SCHEMA = 1;

    private CycleJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param counts  of the same paths
     * @param models  what they cost, by model
     * @param version of Ringside
     */
    public static String of(final IpcReport counts, final List<ModelCycles> models, final String version) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeNumberField("seed", counts.seed());
            json.writeObjectFieldStart("images");
            for (final Map.Entry<Variant, String> image : counts.images().entrySet()) {
                json.writeStringField(image.getKey().toString(), image.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("models");
            for (final ModelCycles model : models) {
                json.writeStartObject();
                json.writeStringField("model", model.model());
                json.writeArrayFieldStart("results");
                for (final PathCycles path : model.paths().values()) {
                    write(json, path, counts);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(final JsonGenerator json, final PathCycles cycles, final IpcReport counts)
            throws IOException {
        final PathKey path = cycles.path();
        final List<String> phases =
            counts.get(path).counts().phases().stream().map(PhaseShare::name).toList();
        json.writeStartObject();
        json.writeStringField("experiment", path.experiment().toString());
        json.writeStringField("variant", path.variant().toString());
        json.writeStringField("space", path.space().toString());
        json.writeNumberField("words", path.words());
        json.writeStringField("direction", path.direction().toString());
        json.writeNumberField("instructions", counts.get(path).counts().instructions());
        final Settling settling = cycles.settling();
        json.writeObjectFieldStart("settling");
        json.writeNumberField("rounds", settling.rounds());
        json.writeBooleanField("settled", settling.settled());
        json.writeNumberField("after", settling.after());
        json.writeNumberField("period", settling.period());
        json.writeEndObject();
        round(json, "settled", cycles.settledRound(), phases, cycles.settledCycles());
        round(json, "cold", cycles.coldRound(), phases, cycles.coldCycles());
        if (cycles.first().isPresent()) {
            round(json, "first", cycles.first().get(), phases, Distribution.of(cycles.first().get().cycles()));
        }
        SwitchJson.distribution(json, "all", cycles.allCycles());
        json.writeEndObject();
    }

    private static void round(final JsonGenerator json, final String name, final RoundCost round,
            final List<String> phases, final Distribution all) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("cycles", round.cycles());
        json.writeNumberField("instructions", round.instructions());
        json.writeNumberField("kernelCycles", round.kernelCycles());
        json.writeNumberField("userCycles", round.userCycles());
        json.writeObjectFieldStart("phaseCycles");
        for (final Map.Entry<String, Long> phase : round.phases(phases).entrySet()) {
            json.writeNumberField(Names.phase(phase.getKey()), phase.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("residueCycles", round.residueCycles() + round.otherCycles());
        SwitchJson.causes(json, "causes", round.causes());
        SwitchJson.distribution(json, "distribution", all);
        json.writeEndObject();
    }
}
