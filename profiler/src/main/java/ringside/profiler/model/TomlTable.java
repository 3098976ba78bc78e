package ringside.profiler.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One table of a TOML file, key by key; what is missing, of another kind, out of range or unknown is refused. */
final class TomlTable {
    private static final int MOST_ELEMENTS = 64;
    private static final int LONGEST_TEXT = 1000;

    private final String file;
    private final String place;
    private final JsonNode node;
    private final Set<String> known = new HashSet<>();

    TomlTable(final String file, final String place, final JsonNode node) {
        this.file = file;
        this.place = place;
        this.node = node;
        if (!node.isObject()) {
            throw new ModelException(file, place, "a table is wanted");
        }
    }

    /** {@return what to throw about a key} */
    ModelException wrong(final String key, final String reason) {
        return new ModelException(file, path(key), reason);
    }

    boolean has(final String key) {
        return node.has(key);
    }

    int number(final String key, final int least, final int most) {
        return number(key, want(key), least, most);
    }

    boolean flag(final String key) {
        final JsonNode value = want(key);
        if (!value.isBoolean()) {
            throw wrong(key, "true or false is wanted");
        }
        return value.booleanValue();
    }

    String text(final String key) {
        return text(key, want(key));
    }

    List<String> texts(final String key) {
        final List<String> texts = new ArrayList<>();
        for (final JsonNode element : elements(key)) {
            texts.add(text(key, element));
        }
        return List.copyOf(texts);
    }

    List<Integer> numbers(final String key, final int least, final int most) {
        final List<Integer> numbers = new ArrayList<>();
        for (final JsonNode element : elements(key)) {
            final int number = number(key, element, least, most);
            if (!numbers.isEmpty() && number <= numbers.getLast()) {
                throw wrong(key, "the numbers must ascend: " + number);
            }
            numbers.add(number);
        }
        return List.copyOf(numbers);
    }

    TomlTable table(final String key) {
        return new TomlTable(file, path(key), want(key));
    }

    List<TomlTable> tables(final String key) {
        final List<TomlTable> tables = new ArrayList<>();
        for (final JsonNode element : elements(key)) {
            tables.add(new TomlTable(file, path(key) + "[" + tables.size() + "]", element));
        }
        return tables;
    }

    /** Refuses keys that nobody asked for: a misspelt one would be silently without effect. */
    void end() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw wrong(key, "unknown key");
            }
        });
    }

    private JsonNode want(final String key) {
        known.add(key);
        final JsonNode value = node.get(key);
        if (value == null) {
            throw wrong(key, "missing");
        }
        return value;
    }

    private JsonNode elements(final String key) {
        final JsonNode array = want(key);
        if (!array.isArray() || array.isEmpty() || array.size() > MOST_ELEMENTS) {
            throw wrong(key, "a list of 1 to " + MOST_ELEMENTS + " elements is wanted");
        }
        return array;
    }

    private int number(final String key, final JsonNode value, final int least, final int most) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least
                || value.intValue() > most) {
            throw wrong(key, "a whole number from " + least + " to " + most + " is wanted");
        }
        return value.intValue();
    }

    private String text(final String key, final JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank() || value.textValue().length() > LONGEST_TEXT
                || value.textValue().chars().anyMatch(Character::isISOControl)) {
            throw wrong(key, "a text of 1 to " + LONGEST_TEXT + " characters, none for control, is wanted");
        }
        return value.textValue();
    }

    private String path(final String key) {
        return place.isEmpty() ? key : place + "." + key;
    }
}
