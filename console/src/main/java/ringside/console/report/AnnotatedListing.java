package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.InstructionCost;
import ringside.toolchain.image.SourceLine;

/** A routine with what each instruction of it took: cycles, its share of the run, executions, source and jumps. */
public final class AnnotatedListing {
    private static final double PERCENT = 100.0;

    private AnnotatedListing() {
    }

    /**
     * {@return the listing, ending in a line feed}
     *
     * @param listing a routine
     * @param costs   by address, of {@link CodeProfile#addresses}
     * @param profile that they are of
     * @param sources where source lines may be read
     */
    public static String of(final Listing listing, final Map<Long, InstructionCost> costs, final CodeProfile profile,
            final SourceTexts sources) {
        final List<String> lines = new ArrayList<>();
        final long total = Math.max(1, profile.totalCycles());
        lines.add(listing.name());
        lines.add(String.format(Locale.ROOT, "%d cycles (%s), %.1f %% of all; %d instructions executed",
cycles(listing, costs), profile.model(), PERCENT * cycles(listing, costs) / total,
            listing.instructions().stream().mapToLong(line -> executions(line, costs)).sum()));
        lines.add(String.format(Locale.ROOT, "%11s %7s %11s", "cycles", "share", "executions"));
        final JumpArrows arrows = new JumpArrows(listing.instructions());
        Optional<SourceLine> shown = Optional.empty();
        for (int i = 0; i < listing.instructions().size(); i++) {
            final Listing.Line line = listing.instructions().get(i);
            if (!line.label().isEmpty()) {
                lines.add(ProfileText.cut(line.label() + ":"));
            }
            if (line.source().isPresent() && !line.source().equals(shown)) {
                final SourceLine source = line.source().get();
                lines.add(ProfileText.cut("; " + source + sources.text(source).map(text -> "  " + text).orElse("")));
            }
            shown = line.source();
            lines.add(ProfileText.cut(row(line, costs.get(line.address()), total) + "  " + arrows.row(i) + text(line))
                .stripTrailing());
        }
        return String.join("\n", lines) + "\n";
    }

    /**
     * {@return what a routine took}
     *
     * @param listing the routine
     * @param costs   by address
     */
    public static long cycles(final Listing listing, final Map<Long, InstructionCost> costs) {
        return listing.instructions().stream().map(line -> costs.get(line.address()))
            .mapToLong(cost -> cost == null ? 0 : cost.cycles()).sum();
    }

    private static long executions(final Listing.Line line, final Map<Long, InstructionCost> costs) {
        return costs.containsKey(line.address()) ? costs.get(line.address()).executions() : 0;
    }

    private static String row(final Listing.Line line, final InstructionCost cost, final long total) {
        return cost == null ? String.format(Locale.ROOT, "%11s %7s %11s", ".", "", ".")
            : String.format(Locale.ROOT, "%11d %5.1f %% %11d", cost.cycles(), PERCENT * cost.cycles() / total,
                cost.executions());
    }

    /** {@return an instruction whose address operand is a name, for there is no room for both} */
    static String text(final Listing.Line line) {
        final String text = line.text().replace(" ptr ", " ");
        if (line.target().isEmpty()) {
            return text;
        }
        final int address = text.lastIndexOf(" 0x");
        return address > 0 && text.indexOf('[') < 0 ? text.substring(0, address + 1) + line.target()
            : text.replaceFirst("\\[rip [+-] \\w+\\]", Matcher.quoteReplacement("[" + line.target() + "]"));
    }
}
