package ringside.toolchain.layout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layout of a record in guest memory: named fields with offsets, a size and an alignment.
 *
 * <p>Fields follow one another, each at the next multiple of its own alignment, unless the layout is packed; the size
 * is a multiple of the record's alignment. In assembly the field {@code state} of {@code Thread} is
 * {@code Thread_state} and the size is {@code Thread_size}.
 */
public final class RecordLayout {
    private final String name;
    private final Map<String, Field> fields;
    private final int size;
    private final int alignment;

    private RecordLayout(final Builder builder) {
        name = builder.name;
        fields = new LinkedHashMap<>(builder.fields);
        alignment = builder.alignment;
        size = Builder.roundUp(builder.end, alignment);
    }

    /**
     * One field.
     *
     * @param name        identifier
     * @param type        e.g. {@code u32}, {@code u64[4]}, {@code TrapFrame}; for people
     * @param offset      bytes from the start of the record
     * @param elementSize bytes of one element
     * @param count       elements; 1 for a plain field
     */
    public record Field(String name, String type, int offset, int elementSize, int count) {
        /** {@return bytes of the whole field} */
        public int size() {
            return elementSize * count;
        }
    }

    /**
     * Starts a layout.
     *
     * @param name the record's name, an identifier
     * @return an empty builder
     */
    public static Builder named(final String name) {
        return new Builder(name);
    }

    /** {@return the record's name} */
    public String name() {
        return name;
    }

    /** {@return bytes, a multiple of the alignment} */
    public int size() {
        return size;
    }

    /** {@return bytes, a power of two} */
    public int alignment() {
        return alignment;
    }

    /** {@return the fields by rising offset} */
    public List<Field> fields() {
        return List.copyOf(fields.values());
    }

    /**
     * Finds a field.
     *
     * @param field its name
     * @return the field
     * @throws IllegalArgumentException if there is none of that name
     */
    public Field field(final String field) {
        final Field found = fields.get(field);
        if (found == null) {
            throw new IllegalArgumentException("no such field: record=" + name + ", field=" + field);
        }
        return found;
    }

    /**
     * Finds where a field is.
     *
     * @param field its name
     * @return bytes from the start of the record
     * @throws IllegalArgumentException if there is none of that name
     */
    public int offset(final String field) {
        return field(field).offset();
    }

    /** {@return the layout as constants: {@code NAME_field} for each field, then {@code NAME_size}} */
    public Constants constants() {
        final Constants.Builder group = Constants.group(name + ": " + size + " bytes, aligned to " + alignment);
        for (final Field field : fields.values()) {
            group.hex(name + "_" + field.name(), field.offset(), field.type());
        }
        return group.hex(name + "_size", size, "bytes").build();
    }

    /** Collects the fields of a layout. */
    public static final class Builder {
        private final String name;
        private final Map<String, Field> fields = new LinkedHashMap<>();
        private boolean packed;
        private int end;
        private int alignment = 1;

        private Builder(final String name) {
            this.name = Names.check(name);
        }

        /**
         * From here on fields follow one another without gaps, as hardware structures do.
         *
         * @return this
         */
        public Builder packed() {
            packed = true;
            return this;
        }

        /**
         * Adds a byte.
         *
         * @param field its name
         * @return this
         */
        public Builder u8(final String field) {
            return add(field, "u8", 1, 1, 1);
        }

        /**
         * Adds 2 bytes.
         *
         * @param field its name
         * @return this
         */
        public Builder u16(final String field) {
            return add(field, "u16", 2, 1, 2);
        }

        /**
         * Adds 4 bytes.
         *
         * @param field its name
         * @return this
         */
        public Builder u32(final String field) {
            return add(field, "u32", 4, 1, 4);
        }

        /**
         * Adds 8 bytes.
         *
         * @param field its name
         * @return this
         */
        public Builder u64(final String field) {
            return add(field, "u64", 8, 1, 8);
        }

        /**
         * Adds an array of numbers.
         *
         * @param field       its name
         * @param elementSize 1, 2, 4 or 8 bytes
         * @param count       elements, at least 1
         * @return this
         */
        public Builder array(final String field, final int elementSize, final int count) {
            if (Integer.bitCount(elementSize) != 1 || elementSize > 8) {
                throw new IllegalArgumentException("a number has 1, 2, 4 or 8 bytes: elementSize=" + elementSize);
            }
            return add(field, "u" + elementSize * 8 + "[" + count + "]", elementSize, count, elementSize);
        }

        /**
         * Adds a record in place.
         *
         * @param field  its name
         * @param layout what it holds
         * @return this
         */
        public Builder record(final String field, final RecordLayout layout) {
            return add(field, layout.name, layout.size, 1, layout.alignment);
        }

        /**
         * Adds an array of records in place.
         *
         * @param field  its name
         * @param layout what each element holds
         * @param count  elements, at least 1
         * @return this
         */
        public Builder records(final String field, final RecordLayout layout, final int count) {
            return add(field, layout.name + "[" + count + "]", layout.size, count, layout.alignment);
        }

        /**
         * Leaves a gap up to the next multiple of {@code bytes}, and aligns the record to at least as much.
         *
         * @param bytes a power of two
         * @return this
         */
        public Builder align(final int bytes) {
            if (Integer.bitCount(bytes) != 1) {
                throw new IllegalArgumentException("an alignment is a power of two: bytes=" + bytes);
            }
            end = roundUp(end, bytes);
            alignment = Math.max(alignment, bytes);
            return this;
        }

        /**
         * States where the next byte is: a check, not a gap.
         *
         * @param offset bytes from the start of the record
         * @return this
         * @throws IllegalStateException if the fields so far end elsewhere
         */
        public Builder expectOffset(final int offset) {
            if (end != offset) {
                throw new IllegalStateException(name + " ends elsewhere: offset=" + end + ", expected=" + offset);
            }
            return this;
        }

        /** {@return the layout; it has at least one field} */
        public RecordLayout build() {
            if (fields.isEmpty()) {
                throw new IllegalStateException("a record has fields: name=" + name);
            }
            return new RecordLayout(this);
        }

        private Builder add(
                final String field, final String type, final int elementSize, final int count, final int natural) {
            Names.check(field);
            if (count < 1) {
                throw new IllegalArgumentException("a field has elements: field=" + field + ", count=" + count);
            }
            if ("size".equals(field)) {
                throw new IllegalArgumentException("the name is taken by the record's size: field=" + field);
            }
            final int align = packed ? 1 : natural;
            final int offset = roundUp(end, align);
            final Field added = new Field(field, type, offset, elementSize, count);
            if (fields.putIfAbsent(field, added) != null) {
                throw new IllegalArgumentException("a field is declared once: record=" + name + ", field=" + field);
            }
            end = Math.addExact(offset, Math.multiplyExact(elementSize, count));
            alignment = Math.max(alignment, align);
            return this;
        }

        private static int roundUp(final int value, final int alignment) {
            return Math.addExact(value, alignment - 1) & -alignment;
        }
    }
}
