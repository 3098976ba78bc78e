package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
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
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("image", listing.image());
            json.writeStringField("name", listing.name());
            json.writeStringField("address", hex(listing.address()));
            json.writeNumberField("size", listing.size());
            json.writeArrayFieldStart("instructions");
            for (final Listing.Line line : listing.instructions()) {
                write(json, line);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
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
