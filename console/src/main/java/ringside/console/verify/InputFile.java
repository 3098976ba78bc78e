package ringside.console.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.emulator.state.OwnFile;
import ringside.emulator.state.UnwrittenFileException;
import ringside.emulator.state.WholeFile;

/**
 * Recorded input as lines of JSON: what came into a serial port, and at which cycle.
 *
 * <pre>
 *   {"ringside-input": 1}
 *   {"cycle": 48211, "text": "ls\n"}
 *   {"cycle": 51377, "idle": true, "bytes": "1b5b41"}
 *   {"cycle": 61000, "break": true}
 * </pre>
 *
 * <p>{@code text} is ASCII, {@code bytes} hexadecimal, {@code break} what a port receives as one; {@code idle} says
 * that all vCPUs waited for it. A line without anything on it is skipped.
 */
public final class InputFile {
    private static final int VERSION = 1;
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_LINES = 1_000_000;
    private static final String MAGIC = "ringside-input";

    private InputFile() {
    }

    /**
     * {@return the log of a file}
     *
     * @param file from anywhere, at most 64 MiB
     * @throws RefusedFileException when it cannot be read or is no log
     */
    public static InputLog read(final Path file) {
        return parse(file.toString(), SmallFile.read(file, MOST_BYTES));
    }

    /**
     * {@return the log of a text}
     *
     * @param name for messages
     * @param text from anywhere
     * @throws RefusedFileException when it is no log
     */
    public static InputLog parse(final String name, final String text) {
        final List<InputEntry> entries = new ArrayList<>();
        boolean headed = false;
        int number = 0;
        for (final String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            final String place = "line " + number;
            if (number > MOST_LINES) {
                throw new RefusedFileException(name, place, "more than " + MOST_LINES + " lines");
            }
            if (!line.isBlank()) {
                final JsonFields fields = new JsonFields(name, place, number, line);
                if (headed) {
                    entries.add(entry(fields));
                } else {
                    header(fields);
                    headed = true;
                }
                fields.end();
                requireOrder(entries, fields);
            }
        }
        if (!headed) {
            throw new RefusedFileException(name, "line 1", "{\"" + MAGIC + "\": " + VERSION + "} is expected");
        }
        return new InputLog(entries);
    }

    private static void header(final JsonFields fields) {
        final long version = fields.number(MAGIC, 0, Long.MAX_VALUE).orElseThrow(
            () -> fields.refused("{\"" + MAGIC + "\": " + VERSION + "} is expected first"));
        if (version != VERSION) {
            throw fields.refused("version " + version + " of the format, and this program knows " + VERSION);
        }
    }

    private static InputEntry entry(final JsonFields fields) {
        final long cycle = fields.number("cycle", 0, Long.MAX_VALUE).orElseThrow(
            () -> fields.refused("\"cycle\" is missing"));
        final boolean idle = fields.truth("idle").orElse(false);
        final Optional<String> text = fields.text("text");
        final Optional<String> hex = fields.text("bytes");
        if (fields.truth("break").orElse(false)) {
            if (text.isPresent() || hex.isPresent()) {
                throw fields.refused("a break has no bytes");
            }
            return InputEntry.broken(cycle, idle);
        }
        if (text.isPresent() == hex.isPresent()) {
            throw fields.refused("\"text\" or \"bytes\" is expected, one of them");
        }
        final byte[] bytes = text.map(ascii -> ascii(fields, ascii)).orElseGet(() -> hex(fields, hex.get()));
        if (bytes.length == 0) {
            throw fields.refused("no bytes");
        }
        return new InputEntry(cycle, idle, bytes);
    }

    private static byte[] ascii(final JsonFields fields, final String text) {
        if (!text.chars().allMatch(c -> c < Byte.MAX_VALUE)) {
            throw fields.refused("text: only ASCII is text; write other bytes as \"bytes\"");
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(final JsonFields fields, final String digits) {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (final IllegalArgumentException wrong) {
            throw fields.refused("bytes: pairs of hexadecimal digits are expected");
        }
    }

    private static void requireOrder(final List<InputEntry> entries, final JsonFields fields) {
        if (entries.size() > 1) {
            final InputEntry before = entries.get(entries.size() - 2);
            final InputEntry last = entries.getLast();
            if (!last.follows(before)) {
                throw fields.refused("not behind the line before: cycle=" + last.cycle());
            }
        }
    }

    /**
     * {@return a log as text}
     *
     * @param log what came in
     */
    public static String format(final InputLog log) {
        final StringWriter text = new StringWriter();
        final JsonFactory json = new JsonFactory();
        line(json, text, line -> line.writeNumberField(MAGIC, VERSION));
        for (final InputEntry entry : log.entries()) {
            line(json, text, line -> {
                line.writeNumberField("cycle", entry.cycle());
                if (entry.idle()) {
                    line.writeBooleanField("idle", true);
                }
                if (entry.broken()) {
                    line.writeBooleanField("break", true);
                } else if (isText(entry.bytes())) {
                    line.writeStringField("text", new String(entry.bytes(), StandardCharsets.US_ASCII));
                } else {
                    line.writeStringField("bytes", HexFormat.of().formatHex(entry.bytes()));
                }
            });
        }
        return text.toString();
    }

    private static boolean isText(final byte[] bytes) {
        for (final byte octet : bytes) {
            if ((octet < ' ' || octet == Byte.MAX_VALUE) && octet != '\n' && octet != '\r' && octet != '\t') {
                return false;
            }
        }
        return true;
    }

    private interface Fields {
        void to(JsonGenerator line) throws IOException;
    }

    private static void line(final JsonFactory json, final StringWriter text, final Fields fields) {
        try (JsonGenerator line = json.createGenerator(text)) {
            line.writeStartObject();
            fields.to(line);
            line.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        text.append('\n');
    }

    /**
     * Writes a log as {@link WholeFile}.
     *
     * @param log  what came in
     * @param file where
     * @throws UnwrittenFileException when the file system refuses
     */
    public static void write(final InputLog log, final Path file) {
        final byte[] text = format(log).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, out -> out.write(text));
    }

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "recorded input", "{\"" + MAGIC + "\":");
    }
}
