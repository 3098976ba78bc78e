package ringside.console.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A JSON document in the layout of all of ours. */
public final class JsonText {
    private JsonText() {
    }

    /** What is in it. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes one value.
         *
         * @param json takes it
         * @throws IOException that {@code json} throws
         */
        void to(JsonGenerator json) throws IOException;
    }

    /**
     * {@return the text, ending in a line feed}
     *
     * @param content writes the value
     */
    public static String of(final Content content) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(BenchJson.layout());
            content.to(json);
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }
}
