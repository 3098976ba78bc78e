package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import ringside.emulator.state.OwnFile;
import ringside.fastpath.claim.ClaimReport;
import ringside.fastpath.claim.Finding;
import ringside.fastpath.claim.Measured;
import ringside.fastpath.claim.RowVerdict;
import ringside.fastpath.claim.Searched;
import ringside.fastpath.lab.ClaimRule;
import ringside.fastpath.lab.Judgement;

/** The claims' report as JSON, schema 1. */
public final class ClaimJson {
    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "a report that bench --claims wrote", OwnFile.HEAD, head -> OURS.matcher(
            OwnFile.text(head)).lookingAt());
    }

    private static final int SCHEMA = 1;
    private static final Pattern OURS = Pattern.compile("\\{\\s*\"schema\"\\s*:\\s*\\d+,\\s*\"version\"\\s*:\\s*"
        + "\"[^\"]*\",\\s*\"summary\"\\s*:\\s*\\{\\s*\"" + Pattern.quote(RowVerdict.values()[0].toString()) + "\"");

    private final JsonGenerator json;

    private ClaimJson(final JsonGenerator json) {
        this.json = json;
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param report  what was found
     * @param version of Ringside
     */
    public static String of(final ClaimReport report, final String version) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            new ClaimJson(json).write(report, version);
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private void write(final ClaimReport report, final String version) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("version", version);
        json.writeObjectFieldStart("summary");
        for (final RowVerdict verdict : RowVerdict.values()) {
            json.writeNumberField(verdict.toString(), report.of(verdict).size());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("rows");
        for (final ClaimReport.Row row : report.rows()) {
            write(row);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("experiments");
        for (final ClaimReport.Experiment one : report.experiments()) {
            json.writeStartObject();
            json.writeStringField("experiment", one.name());
            json.writeStringField("title", one.title());
            json.writeNumberField("machines", one.runs());
            json.writeNumberField("instructions", one.instructions());
            if (one.failure().isPresent()) {
                json.writeStringField("failure", one.failure().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("structures");
        for (final ClaimReport.Structure one : report.structures()) {
            json.writeStartObject();
            json.writeStringField("structure", one.name());
            json.writeStringField("title", one.title());
            json.writeNumberField("searches", one.searches());
            json.writeNumberField("schedules", one.schedules());
            if (one.failure().isPresent()) {
                json.writeStringField("failure", one.failure().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("instructions", report.instructions());
        json.writeEndObject();
    }

    private void write(final ClaimReport.Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("row", row.claim().id());
        json.writeStringField("source", row.claim().source());
        json.writeStringField("document", row.claim().document());
        json.writeStringField("mechanism", row.claim().mechanism());
        json.writeStringField("claim", row.claim().claim());
        json.writeStringField("baseline", row.claim().baseline());
        json.writeStringField("verdict", row.verdict().toString());
        if (row.claim().undecidable().isPresent()) {
            json.writeStringField("undecidable", row.claim().undecidable().get());
        }
        if (!row.failures().isEmpty()) {
            json.writeArrayFieldStart("failed");
            for (final String name : row.failures()) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        json.writeArrayFieldStart("findings");
        for (final Finding finding : row.findings()) {
            write(finding);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(final Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField(finding instanceof Searched ? "structure" : "experiment", finding.experiment());
        json.writeStringField("text", finding.text());
        json.writeStringField("verdict", finding.verdict().toString());
        switch (finding) {
            case Measured measured -> {
                write(measured);
                end(ClaimText.explanation(measured), ClaimText.again(measured));
            }
            case Searched searched -> {
                InterleaveJson.write(json, searched.search());
                end(SearchText.explanation(searched), SearchText.again(searched));
            }
        }
        json.writeEndObject();
    }

    private void end(final List<String> explanation, final String again) throws IOException {
        json.writeArrayFieldStart("explanation");
        for (final String line : explanation) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeStringField("again", again);
    }

    private void write(final Measured finding) throws IOException {
        final ClaimRule rule = finding.judgement().claim();
        final Judgement.Comparison worst = finding.judgement().worst();
        if (rule.holds().isPresent()) {
            json.writeStringField("holds", rule.holds().get().toString());
        } else {
            json.writeStringField("metric", rule.metric().orElseThrow().toString());
            json.writeNumberField("claimed", rule.claimed().orElseThrow());
            json.writeNumberField("ratio", worst.ratio());
        }
        write("at", worst.point().values());
        json.writeNumberField("places", finding.judgement().comparisons().size());
        write("numbers", worst.numbers());
        if (!worst.others().isEmpty()) {
            write("baselineNumbers", worst.others());
        }
        json.writeStringField("window", finding.window());
        json.writeStringField("model", finding.model());
        json.writeBooleanField("stable", finding.stable());
        write("variant", finding.variant());
        if (finding.baseline().isPresent()) {
            write("baseline", finding.baseline().get());
        }
    }

    private void write(final String name, final Measured.Side side) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("name", side.variant());
        json.writeFieldName("instructions");
        number(side.instructions());
        json.writeFieldName("cycles");
        number(side.cycles());
        write("causes", side.causes());
        write("counters", side.counters());
        json.writeEndObject();
    }

    private void write(final String name, final Map<String, ? extends Number> numbers) throws IOException {
        json.writeObjectFieldStart(name);
        for (final Map.Entry<String, ? extends Number> one : numbers.entrySet()) {
            json.writeFieldName(one.getKey());
            number(one.getValue().doubleValue());
        }
        json.writeEndObject();
    }

    private void number(final double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < 1L << Double.PRECISION - 1) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }
}
