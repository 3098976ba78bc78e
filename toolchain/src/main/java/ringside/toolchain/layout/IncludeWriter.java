package ringside.toolchain.layout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Writes constants and record layouts as an include file of the assembly: one {@code NAME equ VALUE} a line.
 *
 * <p>The same declarations give the same text, byte for byte, so a checked-in include can be compared with it.
 */
public final class IncludeWriter {
    private static final int VALUE_COLUMN = 40;
    private static final int COMMENT_COLUMN = 64;

    private final String generator;
    private final List<Constants> groups = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * Starts an include file.
     *
     * @param generator the class that declares what is in it; stands in the head of the file
     */
    public IncludeWriter(final String generator) {
        this.generator = Objects.requireNonNull(generator, "generator");
    }

    /**
     * Adds a group of constants.
     *
     * @param group the constants
     * @return this
     * @throws IllegalArgumentException if one of the names is in the file already
     */
    public IncludeWriter add(final Constants group) {
        for (final Constants.Entry entry : group.entries()) {
            if (!names.add(entry.name())) {
                throw new IllegalArgumentException("a constant is declared once: name=" + entry.name());
            }
        }
        groups.add(group);
        return this;
    }

    /**
     * Adds the offsets and the size of a record.
     *
     * @param layout the record
     * @return this
     * @throws IllegalArgumentException if one of the names is in the file already
     */
    public IncludeWriter add(final RecordLayout layout) {
        return add(layout.constants());
    }

    /** {@return the whole file, ending in a newline} */
    public String text() {
        final StringBuilder text = new StringBuilder();
        text.append("; Generated from ").append(generator).append(" - do not edit.\n");
        for (final Constants group : groups) {
            text.append("\n; ").append(group.title()).append('\n');
            for (final Constants.Entry entry : group.entries()) {
                append(text, entry);
            }
        }
        return text.toString();
    }

    private static void append(final StringBuilder text, final Constants.Entry entry) {
        final int start = text.length();
        text.append(entry.name());
        pad(text, start + VALUE_COLUMN - 8);
        text.append("equ     ").append(entry.text());
        if (!entry.comment().isEmpty()) {
            pad(text, start + COMMENT_COLUMN);
            text.append("; ").append(entry.comment());
        }
        text.append('\n');
    }

    private static void pad(final StringBuilder text, final int column) {
        do {
            text.append(' ');
        } while (text.length() < column);
    }
}
