package ringside.console.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON document as maps, lists, texts and numbers. */
final class JsonTree {
    private final Object value;

    private JsonTree(final Object value) {
        this.value = value;
    }

    static JsonTree of(final String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            return new JsonTree(read(json, json.nextToken()));
        }
    }

    private static Object read(final JsonParser json, final JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT:
                final Map<String, Object> fields = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    final String name = json.currentName();
                    fields.put(name, read(json, json.nextToken()));
                }
                return fields;
            case START_ARRAY:
                final List<Object> all = new ArrayList<>();
                for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                    all.add(read(json, next));
                }
                return all;
            case VALUE_NUMBER_INT:
                return json.getLongValue();
            case VALUE_NULL:
                return null;
            default:
                return json.getText();
        }
    }

    boolean has(final String field) {
        return ((Map<?, ?>) value).containsKey(field);
    }

    JsonTree at(final String field) {
        return new JsonTree(((Map<?, ?>) value).get(field));
    }

    List<JsonTree> all() {
        return (value instanceof Map<?, ?> fields ? fields.values() : (List<?>) value).stream().map(JsonTree::new)
            .toList();
    }

    long number() {
        return (Long) value;
    }

    boolean isNull() {
        return value == null;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
