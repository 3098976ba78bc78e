package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.fastpath.experiment.ModelCycles;
import ringside.fastpath.experiment.PathCycles;
import ringside.fastpath.experiment.PathKey;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.RoundStep;

/** Every instruction of one path under a cycle model, in the order executed: settled and cold, each with its cause. */
public final class CycleListing {
    private static final String ROW = " %-10s%7s%5s %-10s%5s %-10s %s";

    private CycleListing() {
    }

    /**
     * {@return the listing, ending in a line feed}
     *
     * @param models what the path cost, by model
     * @param chosen the path
     * @param code   the image that it was measured in
     */
    public static String of(final List<ModelCycles> models, final PathKey chosen, final CodeView code) {
        final List<String> lines = new ArrayList<>();
        for (final ModelCycles model : models) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            list(model.get(chosen), model.model(), code, lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private static void list(
            final PathCycles path, final String model, final CodeView code, final List<String> lines) {
        final List<RoundStep> settled = path.settledRound().steps();
        final List<RoundStep> cold = path.coldRound().steps();
        lines.add("Every instruction of " + path.path() + ", cycles of " + model);
        lines.add(row("", "", "settled", "", "cold", "", ""));
        String routine = null;
        String phase = null;
        for (int i = 0; i < settled.size(); i++) {
            final RoundStep step = settled.get(i);
            if (!code.routine(step.address()).equals(routine)) {
                routine = code.routine(step.address());
                phase = null;
                lines.add("");
                lines.add(routine + (step.level() == 0 ? "" : " (user)"));
            }
            lines.add(row(step.phase().equals(phase) ? "" : Names.phase(step.phase()),
                "+0x" + Long.toHexString(code.offset(step.address())), step.cycles(), cause(step),
                cold.get(i).cycles(), cause(cold.get(i)),
                code.instruction(step.address()).replace(" ptr ", " ").replace(" + ", "+")
                    .replace(routine + ".", ".")));
            phase = step.phase();
        }
        lines.add("");
        lines.add(row("whole", "", path.settledRound().cycles(), "", path.coldRound().cycles(), "", ""));
    }

    private static String cause(final RoundStep step) {
        return step.cycles() == 0 ? "" : step.cause().map(Cause::title).orElse("");
    }

    private static String row(final String phase, final String offset, final Object settled, final String why,
            final Object cold, final String coldWhy, final String instruction) {
        return String.format(Locale.ROOT, ROW, phase, offset, settled, why, cold, coldWhy, instruction)
            .stripTrailing();
    }
}
