package ringside.profiler.gate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import ringside.emulator.state.OwnFile;
import ringside.toolchain.image.PlainName;

/** Writes a baseline: sorted, one value a line, so that a review sees what changed and nothing else. */
public final class BaselineWriter {
    /** Of the layout below; a file of another one is refused. */
    static final int SCHEMA = 2;
    private static final String MARK = "ringside-baseline";
    /** Between the fields of an instruction. */
    static final String BETWEEN = " | ";

    private BaselineWriter() {
    }

    /**
     * {@return the file's text, ending in a line feed}
     *
     * @param measured what it keeps
     * @throws BaselineException where it is more than is read again
     */
    public static String text(final Measurements measured) {
        final String text = json(measured);
        if (measured.paths().size() > BaselineReader.MOST_PATHS
                || text.getBytes(StandardCharsets.UTF_8).length > BaselineReader.MOST_BYTES) {
            throw new BaselineException("baseline", "file", "would be larger than " + BaselineReader.MOST_BYTES
                    + " bytes or have more than " + BaselineReader.MOST_PATHS + " paths; two gate files have two");
        }
        return text;
    }

    private static String json(final Measurements measured) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            final DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER).withObjectEmptySeparator("")
                    .withArrayEmptySeparator("")).withArrayIndenter(lines).withObjectIndenter(lines));
            json.writeStartObject();
            json.writeNumberField(MARK, SCHEMA);
            json.writeObjectFieldStart("models");
            for (final var model : measured.models().entrySet()) {
                json.writeStringField(model.getKey(), model.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("paths");
            for (final MeasuredPath path : measured.paths().values()) {
                write(json, path);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "a baseline", "{\"" + MARK + "\":");
    }

    private static void write(final JsonGenerator json, final MeasuredPath path) throws IOException {
        json.writeObjectFieldStart(path.name());
        numbers(json, "metrics", path.metrics());
        numbers(json, "causes", path.causes());
        if (!path.places().isEmpty()) {
            json.writeArrayFieldStart("places");
            for (final CodePlace place : path.places()) {
                json.writeString(place.routine() + BETWEEN + "0x" + Long.toHexString(place.address()));
            }
            json.writeEndArray();
        }
        json.writeArrayFieldStart("code");
        for (final GateStep step : path.steps()) {
            json.writeString(line(step));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void numbers(final JsonGenerator json, final String field, final SortedMap<String, Long> numbers)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (final var number : numbers.entrySet()) {
            json.writeNumberField(number.getKey(), number.getValue());
        }
        json.writeEndObject();
    }

    /** {@return {@code ROUTINE | INSTRUCTION | FILE | CYCLES CAUSE}} */
    static String line(final GateStep step) {
        return String.join(BETWEEN, plain(step.routine()), plain(step.text()), plain(step.file()),
                (step.cycles() + " " + step.cause()).strip());
    }

    /** Names come out of images, which anybody may have made. */
    static String plain(final String name) {
        return PlainName.of(name.replace('|', '?')).strip();
    }
}
