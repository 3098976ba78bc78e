package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.InstructionCost;
import ringside.toolchain.image.SourceLine;

/** A routine with what each instruction of it took and why: executions, cycles, main cause, source, jumps. */
public final class AnnotatedListing {
    private static final double PERCENT = 100.0;
    /** From here on hundredths of a cycle say nothing. */
    private static final double MANY = 1000;

    private AnnotatedListing() {
    }

    /**
     * {@return the listing, ending in a line feed}
     *
     * @param listing a routine
     * @param costs   by address, of {@link CodeProfile#addresses}
     * @param profile that they are of
     * @param sources where source lines may be read
     * @param columns how wide
     */
    public static String of(final Listing listing, final Map<Long, InstructionCost> costs, final CodeProfile profile,
            final SourceTexts sources, final int columns) {
        final List<String> lines = new ArrayList<>();
        final long total = Math.max(1, profile.totalCycles());
        lines.add(listing.name());
        lines.add(String.format(Locale.ROOT, "%d cycles (%s), %.1f %% of all; %d instructions executed",
            cycles(listing, costs), profile.model(), PERCENT * cycles(listing, costs) / total,
            listing.instructions().stream().mapToLong(line -> executions(line, costs)).sum()));
        final CauseCycles causes = listing.instructions().stream().map(line -> costs.get(line.address()))
            .filter(Objects::nonNull).map(InstructionCost::causes).reduce(CauseCycles.NONE, CauseCycles::plus);
        lines.addAll(profile.hasCauses() ? CauseText.wrapped("by cause: ", CauseText.shares(causes), columns)
            : List.of(profile.model() + " knows no causes of cycles; --model zen4 does"));
        lines.add(String.format(Locale.ROOT, "%9s %10s %8s %s", "count", "cycles", "cyc/exec",
            profile.hasCauses() ? CauseText.HEADING.strip() : "share"));
        final JumpArrows arrows = new JumpArrows(listing.instructions());
        Optional<SourceLine> shown = Optional.empty();
        for (int i = 0; i < listing.instructions().size(); i++) {
            final Listing.Line line = listing.instructions().get(i);
            if (!line.label().isEmpty()) {
                lines.add(cut(line.label() + ":", columns));
            }
            if (line.source().isPresent() && !line.source().equals(shown)) {
                final SourceLine source = line.source().get();
                lines.add(cut("; " + source + sources.text(source).map(text -> "  " + text).orElse(""), columns));
            }
            shown = line.source();
            lines.add(cut(row(costs.get(line.address()), total, profile.hasCauses()) + " " + arrows.row(i)
                + text(line).replace(" " + listing.name() + ".", " ."), columns).stripTrailing());
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

    private static String row(final InstructionCost cost, final long total, final boolean causes) {
        final int width = causes ? CauseText.WIDTH : "100.0 %".length();
        if (cost == null) {
            return String.format(Locale.ROOT, "%9s %10s %8s %" + width + "s", ".", ".", "", "");
        }
        final double each = cost.executions() == 0 ? 0 : (double) cost.cycles() / cost.executions();
        return String.format(Locale.ROOT, "%9d %10d %8s %s", cost.executions(), cost.cycles(),
            String.format(Locale.ROOT, each < MANY ? "%.2f" : "%.0f", each), causes ? CauseText.main(cost.causes())
            : String.format(Locale.ROOT, "%5.1f %%", PERCENT * cost.cycles() / total));
    }

    private static String cut(final String line, final int columns) {
        return ProfileText.cut(line, columns);
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
