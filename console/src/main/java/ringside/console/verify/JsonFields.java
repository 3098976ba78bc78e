package ringside.console.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One flat JSON object, from anywhere: text, whole numbers, truths and lists of text by name. Each field is asked for
 * once; what nobody asked for, {@link #end} refuses.
 */
final class JsonFields {
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int MOST_FIELDS = 64;
    private static final int MOST_ITEMS = 256;
    private static final JsonFactory JSON = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).maxStringLength(LONGEST_TEXT)
            .maxNumberLength(32).maxNameLength(64).build())
        .build();

    private final String file;
    private final String place;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /**
     * Takes a text apart.
     *
     * @param file  it is in
     * @param place what messages call it
     * @param line  of the file that it begins with, from 1
     * @param text  from anywhere
     */
    JsonFields(final String file, final String place, final int line, final String text) {
        this.file = file;
        this.place = place;
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw refused("a JSON object is expected");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                final String name = json.currentName();
                final JsonLocation at = json.currentTokenLocation();
                if (fields.put(name, value(json, name)) != null) {
                    throw refused(line, at.getLineNr(), at.getColumnNr(), "the field '" + name + "' is there twice");
                }
                if (fields.size() > MOST_FIELDS) {
                    throw refused("more than " + MOST_FIELDS + " fields");
                }
            }
            if (json.nextToken() != null) {
                throw refused("something follows the object");
            }
        } catch (final StreamConstraintsException large) {
            throw refused("a text, a number or a depth beyond what any such file has");
        } catch (final JsonProcessingException wrong) {
            final JsonMistake mistake = JsonMistake.of(text, wrong);
            throw refused(line, mistake.line(), mistake.column(), mistake.reason());
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string gave no text", impossible);
        }
    }

    private RefusedFileException refused(final int first, final int line, final int column, final String reason) {
        return new RefusedFileException(file, "line " + (first + line - 1) + ", column " + column, reason);
    }

    private Object value(final JsonParser json, final String name) throws IOException {
        final JsonToken token = json.nextToken();
        return switch (token) {
            case VALUE_STRING -> json.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> number(json, name);
            case START_ARRAY -> list(json, name);
            default -> throw refused(name + ": text, a whole number, a truth or a list of text is expected");
        };
    }

    private Long number(final JsonParser json, final String name) throws IOException {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw refused(name + ": a number beyond 64 bits");
        }
        return json.getLongValue();
    }

    private List<String> list(final JsonParser json, final String name) throws IOException {
        final List<String> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING || items.size() == MOST_ITEMS) {
                throw refused(name + ": a list of at most " + MOST_ITEMS + " texts is expected");
            }
            items.add(json.getText());
        }
        return items;
    }

    Optional<String> text(final String name) {
        return take(name, String.class, "text");
    }

    Optional<Boolean> truth(final String name) {
        return take(name, Boolean.class, "true or false");
    }

    Optional<Long> number(final String name, final long least, final long most) {
        final Optional<Long> value = take(name, Long.class, "a whole number");
        if (value.isPresent() && (value.get() < least || value.get() > most)) {
            throw refused(name + ": a number from " + least + " to " + most + " is expected: " + value.get());
        }
        return value;
    }

    private <T> Optional<T> take(final String name, final Class<T> type, final String what) {
        final Object value = fields.remove(name);
        if (value != null && !type.isInstance(value)) {
            throw refused(name + ": " + what + " is expected");
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    /** {@return the fields that nobody asked for yet, in the order of the file} */
    Map<String, Object> rest() {
        final Map<String, Object> rest = new LinkedHashMap<>(fields);
        fields.clear();
        return rest;
    }

    /** Refuses the fields that nobody asked for. */
    void end() {
        if (!fields.isEmpty()) {
            throw refused("no such field: " + fields.keySet().iterator().next());
        }
    }

    RefusedFileException refused(final String reason) {
        return new RefusedFileException(file, place, reason);
    }
}
