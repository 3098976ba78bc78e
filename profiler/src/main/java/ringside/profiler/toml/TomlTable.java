package ringside.profiler.toml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One table of a TOML file, key by key; what is missing, of another kind, out of range or unknown is refused. */
public final class TomlTable {
    private static final int MOST_ELEMENTS = 64;
    private static final int LONGEST_TEXT = 1000;
    private static final int DEEPEST = 16;
    private static final int LONGEST_DECIMAL = 30;

    private final Refusal refusal;
    private final String place;
    private final JsonNode node;
    private final Set<String> known = new HashSet<>();

    private TomlTable(final Refusal refusal, final String place, final JsonNode node) {
        this.refusal = refusal;
        this.place = place;
        this.node = node;
        if (!node.isObject()) {
            throw refusal.of(place, "a table is wanted");
        }
    }

    /** Makes what is thrown about a file. */
    @FunctionalInterface
    public interface Refusal {
        /**
         * {@return what to throw}
         *
         * @param place  the keys that lead there joined by dots, or a line, or empty
         * @param reason what is wrong
         */
        RuntimeException of(String place, String reason);
    }

    /**
     * Parses a file.
     *
     * @param text    of the file
     * @param refusal makes what is thrown about it
     * @return its top
     */
    public static TomlTable parse(final String text, final Refusal refusal) {
        LongNumbers.line(text).ifPresent(line -> {
            throw refusal.of("line " + line,
                    "a decimal number of 19 digits; write it as 0x and its hexadecimal digits");
        });
        final TomlFactory factory = TomlFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build()).build();
        try {
            return new TomlTable(refusal, "", new TomlMapper(factory).readTree(text));
        } catch (final JsonProcessingException e) {
            final JsonLocation at = e.getLocation();
            throw refusal.of(at == null ? "" : "line " + at.getLineNr(), e.getOriginalMessage());
        }
    }

    /**
     * {@return what to throw about a key}
     *
     * @param key    of this table
     * @param reason what is wrong with it
     */
    public RuntimeException wrong(final String key, final String reason) {
        return refusal.of(path(key), reason);
    }

    /** {@return the keys, in the file's order} */
    public List<String> keys() {
        final List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return List.copyOf(keys);
    }

    /** {@return whether a key is there} */
    public boolean has(final String key) {
        return node.has(key);
    }

    /** {@return whether a key is there and is a list} */
    public boolean isList(final String key) {
        return node.path(key).isArray();
    }

    /** {@return a whole number between bounds} */
    public int number(final String key, final int least, final int most) {
        return number(key, want(key), least, most);
    }

    /** {@return a whole number of 64 bits between bounds} */
    public long wide(final String key, final long least, final long most) {
        return wide(key, want(key), least, most);
    }

    /** {@return a number that need not be whole} */
    public BigDecimal decimal(final String key) {
        final JsonNode value = want(key);
        if (!value.isNumber() || value.asText().length() > LONGEST_DECIMAL
                || !value.asText().matches("-?[0-9]+(\\.[0-9]+)?")) {
            throw wrong(key, "a number is wanted");
        }
        return value.decimalValue();
    }

    /** {@return true or false} */
    public boolean flag(final String key) {
        final JsonNode value = want(key);
        if (!value.isBoolean()) {
            throw wrong(key, "true or false is wanted");
        }
        return value.booleanValue();
    }

    /** {@return a text} */
    public String text(final String key) {
        return text(key, want(key));
    }

    /** {@return a list of texts} */
    public List<String> texts(final String key) {
        return texts(key, MOST_ELEMENTS);
    }

    /** {@return a list of at most so many texts} */
    public List<String> texts(final String key, final int most) {
        final List<String> texts = new ArrayList<>();
        for (final JsonNode element : elements(key, most)) {
            texts.add(text(key, element));
        }
        return List.copyOf(texts);
    }

    /** {@return a list of texts, in which a whole number may stand without quotes} */
    public List<String> names(final String key) {
        final List<String> names = new ArrayList<>();
        for (final JsonNode element : elements(key)) {
            names.add(element.isIntegralNumber() ? element.asText() : text(key, element));
        }
        return List.copyOf(names);
    }

    /** {@return a list of whole numbers that ascend} */
    public List<Integer> numbers(final String key, final int least, final int most) {
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

    /** {@return a list of whole numbers of 64 bits, in the file's order} */
    public List<Long> wides(final String key, final long least, final long most) {
        final List<Long> numbers = new ArrayList<>();
        for (final JsonNode element : elements(key)) {
            numbers.add(wide(key, element, least, most));
        }
        return List.copyOf(numbers);
    }

    /** {@return a table in this one} */
    public TomlTable table(final String key) {
        return new TomlTable(refusal, path(key), want(key));
    }

    /** {@return a list of tables} */
    public List<TomlTable> tables(final String key) {
        return tables(key, MOST_ELEMENTS);
    }

    /** {@return a list of at most so many tables} */
    public List<TomlTable> tables(final String key, final int most) {
        final List<TomlTable> tables = new ArrayList<>();
        for (final JsonNode element : elements(key, most)) {
            tables.add(new TomlTable(refusal, path(key) + "[" + tables.size() + "]", element));
        }
        return tables;
    }

    /** Refuses keys that nobody asked for: a misspelt one would be silently without effect. */
    public void end() {
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
        return elements(key, MOST_ELEMENTS);
    }

    private JsonNode elements(final String key, final int most) {
        final JsonNode array = want(key);
        if (!array.isArray() || array.isEmpty() || array.size() > most) {
            throw wrong(key, "a list of 1 to " + most + " elements is wanted");
        }
        return array;
    }

    private int number(final String key, final JsonNode value, final int least, final int most) {
        return (int) wide(key, value, least, most);
    }

    private long wide(final String key, final JsonNode value, final long least, final long most) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least
                || value.longValue() > most) {
            throw wrong(key, "a whole number from " + least + " to " + most + " is wanted");
        }
        return value.longValue();
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
