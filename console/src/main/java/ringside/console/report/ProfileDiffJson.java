package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;

/** A difference of two profiles as JSON, schema 1. */
public final class ProfileDiffJson {
    private static final int SCHEMA = 1;

    private ProfileDiffJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param diff    of two profiles
     * @param version of Ringside
     */
    public static String of(final ProfileDiff diff, final String version) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", diff.after().profile().model());
            side(json, "before", diff.before());
            side(json, "after", diff.after());
            if (diff.hasCauses()) {
                ProfileJson.causes(json, "causeChanges", diff.causes());
            } else {
                json.writeNullField("causeChanges");
            }
            json.writeArrayFieldStart("routines");
            for (final ProfileDiff.Routine routine : diff.routines()) {
                routine(json, routine);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void side(final JsonGenerator json, final String name, final ProfileDiff.Side side)
            throws IOException {
        final CodeProfile profile = side.profile();
        json.writeObjectFieldStart(name);
        json.writeStringField("title", side.title());
        json.writeNumberField("instructions", profile.totalInstructions());
        json.writeNumberField("cycles", profile.totalCycles());
        if (profile.hasCauses()) {
            ProfileJson.causes(json, "causes", profile.causes());
        }
        json.writeEndObject();
    }

    private static void routine(final JsonGenerator json, final ProfileDiff.Routine routine) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", routine.name());
        json.writeStringField("code", word(routine.alignment()));
        share(json, "before", routine.before());
        share(json, "after", routine.after());
        json.writeArrayFieldStart("steps");
        for (final ProfileDiff.Step step : routine.steps()) {
            json.writeStartObject();
            json.writeStringField("fate", word(step.fate()));
            json.writeStringField("text", step.text());
            cost(json, "before", step.before());
            cost(json, "after", step.after());
            if (!step.causes().isEmpty()) {
                ProfileJson.causes(json, "causeChanges", step.causes());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void share(final JsonGenerator json, final String name, final Share share) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("instructions", share.instructions());
        json.writeNumberField("cycles", share.cycles());
        if (!share.causes().isEmpty()) {
            ProfileJson.causes(json, "causes", share.causes());
        }
        json.writeEndObject();
    }

    private static void cost(final JsonGenerator json, final String name, final Optional<InstructionCost> cost)
            throws IOException {
        if (cost.isPresent()) {
            json.writeObjectFieldStart(name);
            json.writeStringField("address", "0x" + Long.toHexString(cost.get().address()));
            json.writeNumberField("executions", cost.get().executions());
            json.writeNumberField("cycles", cost.get().cycles());
            if (!cost.get().causes().isEmpty()) {
                ProfileJson.causes(json, "causes", cost.get().causes());
            }
            json.writeEndObject();
        }
    }

    private static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
