package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.fastpath.experiment.Measurement;
import ringside.profiler.profile.PhaseShare;
import ringside.profiler.profile.WindowCounts;

/** Where one path's kernel instructions go: its phases, and the residue that no phase accounts for. */
final class PhaseTable {
    private static final int BAR_COLUMNS = 34;

    private PhaseTable() {
    }

    static List<String> of(final Measurement measurement) {
        final WindowCounts counts = measurement.counts();
        final long kernel = counts.kernelInstructions();
        final List<String> lines = new ArrayList<>();
        lines.add("Where the kernel instructions of " + measurement.path() + " go");
        lines.add(row("", "instr.", "cycles", "share", ""));
        for (final PhaseShare phase : counts.phases()) {
            lines.add(row(Names.phase(phase.name()), phase.instructions(), phase.cycles(),
                    percent(phase.instructions(), kernel), bar(phase.instructions(), counts)));
        }
        lines.add(row("residue", counts.residue(), counts.residueCycles(), percent(counts.residue(), kernel),
                bar(counts.residue(), counts)));
        lines.add(row("kernel", kernel, counts.kernelCycles(), percent(kernel, kernel), ""));
        return lines;
    }

    private static String row(
            final String name, final Object instructions, final Object cycles, final String share, final String bar) {
        return String.format(Locale.ROOT, "  %-12s%8s%8s%9s  %s", name, instructions, cycles, share, bar)
                .stripTrailing();
    }

    private static String percent(final long part, final long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** The longest phase fills the columns; whatever is not nothing shows at least one. */
    private static String bar(final long part, final WindowCounts counts) {
        final long longest = Math.max(counts.residue(),
                counts.phases().stream().mapToLong(PhaseShare::instructions).max().orElse(0));
        return part == 0 ? "" : "#".repeat((int) Math.max(1, Math.round((double) BAR_COLUMNS * part / longest)));
    }
}
