package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.SourceLine;

/** A listing for people: each line of source above the instructions that it made. */
public final class ListingText {
    private static final int BYTES_COLUMNS = 23;

    private ListingText() {
    }

    /**
     * {@return the listing, ending in a line feed}
     *
     * @param listing what to show
     * @param sources where source lines may be read
     */
    public static String of(final Listing listing, final SourceTexts sources) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s: %d instructions, %d bytes at 0x%x", listing.name(),
            listing.instructions().size(), listing.size(), listing.address()));
        Optional<SourceLine> shown = Optional.empty();
        for (final Listing.Line line : listing.instructions()) {
            if (!line.label().isEmpty()) {
                lines.add("");
                lines.add(line.label() + ":");
            }
            if (line.source().isPresent() && !line.source().equals(shown)) {
                lines.add(source(line.source().get(), sources));
            }
            shown = line.source();
            lines.add(instruction(line));
        }
        return String.join("\n", lines) + "\n";
    }

    /**
     * {@return one line a routine: address, bytes, name}
     *
     * @param routines in the order to show
     */
    public static String of(final List<ImageSymbol> routines) {
        final StringBuilder text = new StringBuilder();
        for (final ImageSymbol routine : routines) {
            text.append(String.format(Locale.ROOT, "%16x %6d  %s\n", routine.address(), routine.size(),
                routine.name()));
        }
        return text.toString();
    }

    private static String source(final SourceLine line, final SourceTexts sources) {
        return "; " + line + sources.text(line).map(text -> "  " + text).orElse("");
    }

    private static String instruction(final Listing.Line line) {
        final String target = line.target().isEmpty() ? "" : "  <" + line.target() + ">";
        return String.format(Locale.ROOT, "  %x  %-" + BYTES_COLUMNS + "s  %s%s", line.address(), line.spacedBytes(),
            line.text(), target);
    }
}
