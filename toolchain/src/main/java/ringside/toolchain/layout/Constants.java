package ringside.toolchain.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A titled group of named numbers, in the order of declaration; names are distinct.
 *
 * @param title   one line that heads the group in an include file
 * @param entries the numbers
 */
public record Constants(String title, List<Entry> entries) {
    /** Copies the list and refuses a name that is declared twice. */
    public Constants {
        Objects.requireNonNull(title, "title");
        entries = List.copyOf(entries);
        final Map<String, Entry> seen = new LinkedHashMap<>();
        for (final Entry entry : entries) {
            if (seen.put(entry.name(), entry) != null) {
                throw new IllegalArgumentException("a constant is declared once: name=" + entry.name());
            }
        }
    }

    /**
     * One number.
     *
     * @param name    an identifier
     * @param value   64 bits, signed or not as the user of it likes
     * @param radix   16 or 10: how it reads best
     * @param comment unit or meaning, may be empty
     */
    public record Entry(String name, long value, int radix, String comment) {
        /** Refuses names and comments that would not survive in an include file. */
        public Entry {
            Names.check(name);
            if (radix != 10 && radix != 16) {
                throw new IllegalArgumentException("a constant is written in decimal or hex: radix=" + radix);
            }
            if (comment.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a comment is one line: name=" + name);
            }
        }

        /** {@return the value as the include file shows it} */
        public String text() {
            return radix == 16 ? "0x" + Long.toHexString(value) : Long.toString(value);
        }
    }

    /**
     * Starts a group.
     *
     * @param title one line
     * @return an empty builder
     */
    public static Builder group(final String title) {
        return new Builder(title);
    }

    /** {@return name to value, in the order of declaration} */
    public Map<String, Long> values() {
        final Map<String, Long> values = new LinkedHashMap<>();
        for (final Entry entry : entries) {
            values.put(entry.name(), entry.value());
        }
        return values;
    }

    /** Collects a group. */
    public static final class Builder {
        private final String title;
        private final List<Entry> entries = new ArrayList<>();

        private Builder(final String title) {
            this.title = Objects.requireNonNull(title, "title");
        }

        /**
         * Adds a number that reads best in hex: an address, a bit, a port.
         *
         * @param name    identifier
         * @param value   its value
         * @param comment unit or meaning
         * @return this
         */
        public Builder hex(final String name, final long value, final String comment) {
            entries.add(new Entry(name, value, 16, comment));
            return this;
        }

        /**
         * Adds a number that reads best in decimal: a count, an index.
         *
         * @param name    identifier
         * @param value   its value
         * @param comment unit or meaning
         * @return this
         */
        public Builder decimal(final String name, final long value, final String comment) {
            entries.add(new Entry(name, value, 10, comment));
            return this;
        }

        /** {@return the group} */
        public Constants build() {
            return new Constants(title, entries);
        }
    }
}
