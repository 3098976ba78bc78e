package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.SourceLine;

/** A listing as JSON, schema 1. Addresses are hexadecimal texts: JSON's numbers end at 53 bits. */
public final class ListingJson {
    private static final int SCHEMA = 1;

    private ListingJson() {
    }

    /**
     * {@return the document, ending in a line feed}
     *
     * @param listing what to show
     */
    public static String of(final Listing listing) {
        return document(listing.image(), json -> {
            writePlace(json, listing.name(), listing.address(), listing.size());
            json.writeArrayFieldStart("instructions");
            for (final Listing.Line line : listing.instructions()) {
                write(json, line);
            }
            json.writeEndArray();
        });
    }

    /**
     * {@return the document of an image's routines, ending in a line feed}
     *
     * @param image    its SHA-256
     * @param routines in the order to show
     */
    public static String of(final String image, final List<ImageSymbol> routines) {
        return document(image, json -> {
            json.writeArrayFieldStart("routines");
            for (final ImageSymbol routine : routines) {
                json.writeStartObject();
                writePlace(json, routine.name(), routine.address(), routine.size());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** The fields of one document. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String document(final String image, final Fields fields) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("image", image);
            fields.write(json);
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    private static void writePlace(final JsonGenerator json, final String name, final long address, final long size)
            throws IOException {
        json.writeStringField("name", name);
        json.writeStringField("address", hex(address));
        json.writeNumberField("size", size);
    }

    private static void write(final JsonGenerator json, final Listing.Line line) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", hex(line.address()));
        json.writeStringField("bytes", line.bytes());
        json.writeStringField("text", line.text());
        if (!line.label().isEmpty()) {
            json.writeStringField("label", line.label());
        }
        if (!line.target().isEmpty()) {
            json.writeStringField("target", line.target());
        }
        final Optional<SourceLine> source = line.source();
        if (source.isPresent()) {
            json.writeStringField("file", source.get().file());
            json.writeNumberField("line", source.get().line());
        }
        json.writeEndObject();
    }

    private static String hex(final long address) {
        return "0x" + Long.toHexString(address);
    }
}
