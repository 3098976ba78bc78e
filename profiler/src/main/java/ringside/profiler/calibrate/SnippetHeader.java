package ringside.profiler.calibrate;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the comment at the head of a snippet's file says: its title in the first line, then {@code ; NAME: VALUE}.
 *
 * @param title      what it does
 * @param iterations of one measured call
 * @param dataBytes  of its data
 * @param fill       what is in there
 * @param pair       the name shared with the other way to do the same
 */
record SnippetHeader(String title, int iterations, int dataBytes, Fill fill, Optional<String> pair) {
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int LEAST_ITERATIONS = 16;

    /** Refuses what no run is made of. */
    SnippetHeader {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(fill, "fill");
        Objects.requireNonNull(pair, "pair");
        if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new CalibrationException("iterations are " + LEAST_ITERATIONS + " to " + MOST_ITERATIONS
                    + ": iterations=" + iterations);
        }
        if (dataBytes < Long.BYTES || dataBytes > Stage.MOST_DATA || dataBytes % Long.BYTES != 0) {
            throw new CalibrationException("data are whole words, at most " + Stage.MOST_DATA + " bytes: data="
                    + dataBytes);
        }
    }

    /**
     * {@return what a file's head says}
     *
     * @param name   of the snippet
     * @param source the file's text
     */
    static SnippetHeader parse(final String name, final String source) {
        final Map<String, String> fields = new TreeMap<>();
        String title = "";
        for (final String line : source.lines().takeWhile(text -> text.startsWith(";")).toList()) {
            final String text = line.substring(1).strip();
            final int colon = text.indexOf(": ");
            if (title.isEmpty()) {
                if (!text.startsWith(name + " - ")) {
                    throw refused(name, "line 1 is not '; " + name + " - WHAT IT DOES'");
                }
                title = text.substring(name.length() + " - ".length());
            } else if (colon > 0 && text.substring(0, colon).matches("[a-z]+")
                    && fields.put(text.substring(0, colon), text.substring(colon + 2).strip()) != null) {
                throw refused(name, "'" + text.substring(0, colon) + "' is said twice");
            }
        }
        try {
            return new SnippetHeader(title, number(name, fields, "iterations"), number(name, fields, "data"),
                    Fill.parse(field(name, fields, "fill")), Optional.ofNullable(fields.get("pair")));
        } catch (final CalibrationException e) {
            throw e.getMessage().startsWith("snippet ") ? e : refused(name, e.getMessage());
        }
    }

    private static int number(final String name, final Map<String, String> fields, final String field) {
        final String text = field(name, fields, field);
        if (!text.matches("\\d{1,9}")) {
            throw refused(name, "'" + field + "' is no number: " + field + "=" + text);
        }
        return Integer.parseInt(text);
    }

    private static String field(final String name, final Map<String, String> fields, final String field) {
        final String text = fields.get(field);
        if (text == null) {
            throw refused(name, "its head has no '; " + field + ": '");
        }
        return text;
    }

    private static CalibrationException refused(final String name, final String why) {
        return new CalibrationException("snippet " + name + ": " + why);
    }
}
