package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CpuTime;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.SourceLine;

/** A profile as JSON, schema 2. Addresses are hexadecimal texts: JSON's numbers end at 53 bits. */
public final class ProfileJson {
    private static final int SCHEMA = 2;

    private ProfileJson() {
    }

    /** Writes fields of the document. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param profile of a run
     * @param image   what ran
     * @param version of Ringside
     */
    public static String of(final CodeProfile profile, final GuestImage image, final String version) {
        return document(profile, image, version, json -> {
            shares(json, "routines", profile.routines());
            shares(json, "entries", profile.entries());
            shares(json, "phases", profile.phases());
            shares(json, "threads", profile.threads());
            shares(json, "spaces", profile.spaces());
            json.writeArrayFieldStart("costs");
            for (final InstructionCost cost : profile.instructions()) {
                cost(json, cost, image.lines().at(cost.address()));
            }
            json.writeEndArray();
        });
    }

    /**
     * {@return the document with one table, ending in a line feed}
     *
     * @param by      what a row of it is
     * @param profile of a run
     * @param image   what ran
     * @param version of Ringside
     */
    public static String by(final RollUp by, final CodeProfile profile, final GuestImage image,
            final String version) {
        return document(profile, image, version, json -> {
            json.writeStringField("by", by.toString());
            shares(json, "rows", by.shares(profile, image));
        });
    }

    private static String document(final CodeProfile profile, final GuestImage image, final String version,
            final Fields fields) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", profile.model());
            json.writeStringField("image", image.sha256());
            json.writeNumberField("instructions", profile.totalInstructions());
            json.writeNumberField("cycles", profile.totalCycles());
            if (profile.hasCauses()) {
                causes(json, "causes", profile.causes());
            } else {
                json.writeNullField("causes");
            }
            cpus(json, profile.cpus());
            fields.write(json);
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    /** Cycles by cause, in the order of causes. */
    static void causes(final JsonGenerator json, final String name, final CauseCycles causes) throws IOException {
        json.writeObjectFieldStart(name);
        for (final Map.Entry<Cause, Long> cause : causes.cycles().entrySet()) {
            json.writeNumberField(cause.getKey().title(), cause.getValue());
        }
        json.writeEndObject();
    }

    private static void cpus(final JsonGenerator json, final List<CpuTime> cpus) throws IOException {
        json.writeArrayFieldStart("cpus");
        for (final CpuTime cpu : cpus) {
            json.writeStartObject();
            json.writeNumberField("cpu", cpu.cpu());
            json.writeNumberField("start", cpu.start());
            json.writeNumberField("end", cpu.end());
            json.writeNumberField("instructions", cpu.instructions());
            json.writeNumberField("instructionCycles", cpu.instructionCycles());
            json.writeNumberField("deliveryCycles", cpu.deliveryCycles());
            json.writeNumberField("idleCycles", cpu.idleCycles());
            json.writeNumberField("waits", cpu.waits());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void shares(final JsonGenerator json, final String name, final List<Share> shares)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final Share share : shares) {
            json.writeStartObject();
            json.writeStringField("name", share.name());
            if (share.count() > 0) {
                json.writeNumberField("count", share.count());
            }
            json.writeNumberField("instructions", share.instructions());
            json.writeNumberField("cycles", share.cycles());
            if (!share.causes().isEmpty()) {
                causes(json, "causes", share.causes());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void cost(final JsonGenerator json, final InstructionCost cost, final Optional<SourceLine> line)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("address", "0x" + Long.toHexString(cost.address()));
        json.writeStringField("routine", cost.routine());
        json.writeNumberField("cpu", cost.cpu());
        json.writeNumberField("level", cost.level());
        if (cost.space() != InstructionCost.OTHER_SPACES) {
            json.writeStringField("space", "0x" + Long.toHexString(cost.space()));
        }
        json.writeNumberField("executions", cost.executions());
        json.writeNumberField("cycles", cost.cycles());
        if (!cost.causes().isEmpty()) {
            causes(json, "causes", cost.causes());
        }
        if (line.isPresent()) {
            json.writeStringField("file", line.get().file());
            json.writeNumberField("line", line.get().line());
        }
        json.writeEndObject();
    }
}
