package ringside.console.repl.guest;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ringside.console.repl.expression.ExpressionException;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.LineTable;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.SourceLine;

/**
 * Places in a guest's code, as people name them: {@code SYMBOL}, {@code FILE:LINE}, {@code *ADDRESS}, an expression, or
 * {@code (CR3,ADDRESS)} for one address space.
 */
public final class Places {
    private static final Pattern LINE = Pattern.compile("([^\\s:*()]+):(\\d{1,7})");
    private static final Pattern SPACE = Pattern.compile("\\(([^,]+),(.+)\\)");
    private static final int SUGGESTIONS = 5;

    private final Guest guest;

    /**
     * Finds places of a guest.
     *
     * @param guest whose image and registers count
     */
    public Places(final Guest guest) {
        this.guest = guest;
    }

    /**
     * A place in code.
     *
     * @param text      as it was named
     * @param addresses one, or several where a line made code in several places
     * @param space     the page-table root of the only address space that is meant, without its low 12 bits
     */
    public record Place(String text, List<Long> addresses, OptionalLong space) {
        /** Copies the list. */
        public Place {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * {@return the place that a text names}
     *
     * @param text see above
     * @throws RefusedException   where there is no such place
     * @throws ExpressionException where its expression has no value
     */
    public Place of(final String text) {
        final String what = text.strip();
        final Matcher space = SPACE.matcher(what);
        if (space.matches()) {
            final long root = guest.value(space.group(1)) & ~0xFFFL;
            final Place inner = of(space.group(2));
            return new Place(what, inner.addresses(), OptionalLong.of(root));
        }
        final Matcher line = LINE.matcher(what);
        if (line.matches()) {
            return new Place(what, line(line.group(1), Integer.parseInt(line.group(2))), OptionalLong.empty());
        }
        final long address = what.startsWith("*") ? guest.value(what.substring(1))
            : guest.image().symbols().byName(what).filter(Places::isPlace).map(ImageSymbol::address)
                .orElseGet(() -> evaluated(what));
        return new Place(what, List.of(address), OptionalLong.empty());
    }

    private static boolean isPlace(final ImageSymbol symbol) {
        return symbol.kind() != ObjectSymbol.Kind.CONSTANT && symbol.kind() != ObjectSymbol.Kind.PROBE;
    }

    private long evaluated(final String what) {
        try {
            return guest.value(what);
        } catch (final ExpressionException refused) {
            if (what.matches("[\\w.$@]+")) {
                throw new RefusedException("no symbol '" + what + "' in " + guest.image().name() + similar(what));
            }
            throw refused;
        }
    }

    private String similar(final String what) {
        final String wanted = what.toLowerCase(Locale.ROOT);
        final String names = guest.image().symbols().all().stream()
            .filter(symbol -> symbol.kind() == ObjectSymbol.Kind.FUNCTION).map(ImageSymbol::name).distinct().sorted()
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted)).limit(SUGGESTIONS)
            .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "; did you mean " + names + "?";
    }

    /** The line, or the first one behind it that made code; of a file by its path or the end of it. */
    private List<Long> line(final String file, final int number) {
        final TreeSet<SourceLine> lines = guest.image().lines().rows().stream().map(LineTable.Row::source)
            .filter(source -> source.file().equals(file) || source.file().endsWith("/" + file))
            .collect(Collectors.toCollection(TreeSet::new));
        if (lines.isEmpty()) {
            throw new RefusedException("no code is from a file '" + file + "'"
                + guest.image().lines().problem().map(problem -> ": " + problem).orElse(""));
        }
        if (lines.stream().map(SourceLine::file).distinct().count() > 1) {
            throw new RefusedException("'" + file + "' is more than one file: " + lines.stream()
                .map(SourceLine::file).distinct().limit(SUGGESTIONS).collect(Collectors.joining(", ")));
        }
        final SourceLine line = lines.ceiling(new SourceLine(lines.first().file(), Math.max(1, number)));
        if (line == null) {
            throw new RefusedException("no code is from line " + number + " of " + lines.first().file()
                + " or behind it");
        }
        return guest.image().lines().addresses(line);
    }
}
