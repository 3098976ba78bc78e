package ringside.profiler.gate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import ringside.toolchain.image.PlainName;

/** Reads a baseline, from anywhere: bounded, no field unknown, none twice. */
public final class BaselineReader {
    /**
     * A hundred of the longest paths, or three times all that there may be with ten numbers each. What is read takes up
     * to 13 times as much memory.
     */
    static final int MOST_BYTES = 32 << 20;
    static final int MOST_PATHS = 20_000;
    /** Whole numbers beyond it are others to most readers of JSON, and here no sum or difference of two overflows. */
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(53);
    private static final int MOST_NUMBERS = 1_000;
    private static final int LONGEST_NAME = 400;
    private static final int LONGEST_LINE = 4_000;
    private static final int DEEPEST = 8;
    private static final int FIELDS = 4;
    /** The first one did not say where code was. */
    private static final List<String> READ = List.of("1", String.valueOf(BaselineWriter.SCHEMA));
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{1,16}");
    private static final int HEX = 16;
    private static final Pattern BETWEEN = Pattern.compile(" | ", Pattern.LITERAL);
    /** Sums of all instructions of two paths fit into 64 bits. */
    private static final Pattern CYCLES = Pattern.compile("-?[0-9]{1,15}");
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_LINE).maxNumberLength(32).maxNameLength(LONGEST_NAME).build()).build();

    private final String file;
    private final JsonParser json;

    private BaselineReader(final String file, final JsonParser json) {
        this.file = file;
        this.json = json;
    }

    /**
     * {@return what a file keeps}
     *
     * @param file a baseline
     * @throws BaselineException where it cannot be read or is none
     */
    public static Measurements read(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BaselineException(file.toString(), "file",
                    Files.exists(file) ? "this is not a regular file" : "there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new BaselineException(file.toString(), "file", "is larger than " + MOST_BYTES + " bytes");
            }
            return parse(file.toString(),
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (final CharacterCodingException noText) {
            throw new BaselineException(file.toString(), "file", "is no UTF-8 text");
        } catch (final IOException failure) {
            throw new BaselineException(file.toString(), "file", "cannot be read: " + failure);
        }
    }

    /**
     * {@return what a text keeps}
     *
     * @param name of the file, for messages
     * @param text of it
     * @throws BaselineException where it is no baseline
     */
    public static Measurements parse(final String name, final String text) {
        try (JsonParser json = JSON.createParser(text)) {
            return new BaselineReader(name, json).document();
        } catch (final JsonProcessingException wrong) {
            throw new BaselineException(name, wrong.getLocation() == null ? "file"
                    : "line " + wrong.getLocation().getLineNr(), wrong.getOriginalMessage());
        } catch (final IOException impossible) {
            throw new BaselineException(name, "file", "cannot be read: " + impossible);
        }
    }

    private Measurements document() throws IOException {
        want(json.nextToken(), JsonToken.START_OBJECT, "a JSON object");
        wantField("ringside-baseline");
        want(json.nextToken(), JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (!READ.contains(json.getText())) {
            throw wrong("is of version " + json.getText() + ", and this program reads versions "
                    + String.join(" and ", READ) + "; remove it, and --update writes it anew");
        }
        wantField("models");
        final SortedMap<String, String> models = models();
        wantField("paths");
        final SortedMap<String, MeasuredPath> paths = new TreeMap<>();
        want(json.nextToken(), JsonToken.START_OBJECT, "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (paths.size() == MOST_PATHS) {
                throw wrong("more than " + MOST_PATHS + " paths");
            }
            final String name = name();
            paths.put(name, path(name));
        }
        want(json.nextToken(), JsonToken.END_OBJECT, "the end of the object");
        if (json.nextToken() != null) {
            throw wrong("something comes after the object");
        }
        return new Measurements(models, paths);
    }

    private SortedMap<String, String> models() throws IOException {
        final SortedMap<String, String> models = new TreeMap<>();
        want(json.nextToken(), JsonToken.START_OBJECT, "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            final String name = name();
            want(json.nextToken(), JsonToken.VALUE_STRING, "a text");
            models.put(name, plain(json.getText()));
            if (models.size() > MOST_NUMBERS) {
                throw wrong("more than " + MOST_NUMBERS + " models");
            }
        }
        return models;
    }

    private MeasuredPath path(final String name) throws IOException {
        want(json.nextToken(), JsonToken.START_OBJECT, "an object");
        wantField("metrics");
        final SortedMap<String, Long> metrics = numbers();
        wantField("causes");
        final SortedMap<String, Long> causes = numbers();
        final List<CodePlace> places = new ArrayList<>();
        if (json.nextToken() == JsonToken.FIELD_NAME && json.currentName().equals("places")) {
            places(places);
            json.nextToken();
        }
        wantName("code");
        want(json.nextToken(), JsonToken.START_ARRAY, "a list");
        final List<GateStep> steps = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            if (steps.size() == MeasuredPath.MOST_STEPS) {
                throw wrong("more than " + MeasuredPath.MOST_STEPS + " instructions");
            }
            steps.add(step(plain(json.getText())));
        }
        want(json.currentToken(), JsonToken.END_ARRAY, "a text");
        want(json.nextToken(), JsonToken.END_OBJECT, "the end of the path");
        return new MeasuredPath(name, metrics, causes, places, steps);
    }

    private void places(final List<CodePlace> places) throws IOException {
        want(json.nextToken(), JsonToken.START_ARRAY, "a list");
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            if (places.size() == MeasuredPath.MOST_PLACES) {
                throw wrong("more than " + MeasuredPath.MOST_PLACES + " places");
            }
            final String[] fields = BETWEEN.split(" " + plain(json.getText()) + " ", -1);
            if (fields.length != 2 || !ADDRESS.matcher(fields[1].strip()).matches()) {
                throw wrong("a place is ROUTINE | 0xADDRESS");
            }
            places.add(new CodePlace(fields[0].strip(), Long.parseUnsignedLong(fields[1].strip().substring(2), HEX)));
        }
        want(json.currentToken(), JsonToken.END_ARRAY, "a text");
    }

    private SortedMap<String, Long> numbers() throws IOException {
        final SortedMap<String, Long> numbers = new TreeMap<>();
        want(json.nextToken(), JsonToken.START_OBJECT, "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            final String name = name();
            want(json.nextToken(), JsonToken.VALUE_NUMBER_INT, "a whole number");
            final BigInteger number = json.getBigIntegerValue();
            if (number.abs().compareTo(LARGEST) > 0) {
                throw wrong("a number from -" + LARGEST + " to " + LARGEST + " is wanted");
            }
            numbers.put(name, number.longValueExact());
            if (numbers.size() > MOST_NUMBERS) {
                throw wrong("more than " + MOST_NUMBERS + " numbers");
            }
        }
        return numbers;
    }

    private GateStep step(final String line) {
        final String[] fields = BETWEEN.split(" " + line + " ", -1);
        if (fields.length != FIELDS) {
            throw wrong("an instruction is ROUTINE | INSTRUCTION | FILE | CYCLES CAUSE");
        }
        final String[] cost = fields[FIELDS - 1].strip().split(" ", 2);
        if (!CYCLES.matcher(cost[0]).matches()) {
            throw wrong("an instruction's cycles are a whole number of at most 15 digits");
        }
        return new GateStep(fields[0].strip(), fields[1].strip(), fields[2].strip(), 0, Long.parseLong(cost[0]),
                cost.length > 1 ? cost[1] : "");
    }

    private String name() throws IOException {
        return plain(json.currentName());
    }

    private String plain(final String text) {
        if (!PlainName.is(text)) {
            throw wrong("a name has no control characters: " + PlainName.of(text));
        }
        return text;
    }

    private void wantField(final String name) throws IOException {
        json.nextToken();
        wantName(name);
    }

    private void wantName(final String name) throws IOException {
        if (json.currentToken() != JsonToken.FIELD_NAME || !json.currentName().equals(name)) {
            throw wrong("the field '" + name + "' is wanted here");
        }
    }

    private void want(final JsonToken is, final JsonToken wanted, final String what) {
        if (is != wanted) {
            throw wrong(what + " is wanted here");
        }
    }

    private BaselineException wrong(final String reason) {
        return new BaselineException(file, "line " + json.currentTokenLocation().getLineNr(), reason);
    }
}
