package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.fastpath.experiment.Measurement;
import ringside.profiler.profile.PathStep;

/** Every instruction of one path in the order executed, under the routine it is in, with phase and source line. */
public final class PathListing {
    private PathListing() {
    }

    /**
     * {@return the listing, ending in a line feed}
     *
     * @param measurement the path
     * @param code        the image that it was measured in
     */
    public static String of(final Measurement measurement, final CodeView code) {
        final List<String> lines = new ArrayList<>();
        lines.add("Every instruction of " + measurement.path() + ", in the order executed");
        String routine = null;
        String phase = null;
        for (final PathStep step : measurement.window().path()) {
            if (!code.routine(step.address()).equals(routine)) {
                routine = code.routine(step.address());
                phase = null;
                lines.add("");
                lines.add(routine + (step.level() == 0 ? "" : " (user)"));
            }
            lines.add(line(step, step.phase().equals(phase) ? "" : Names.phase(step.phase()), code));
            phase = step.phase();
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(final PathStep step, final String phase, final CodeView code) {
        return String.format(Locale.ROOT, "  %-10s %6s  %-34s %s", phase,
                "+0x" + Long.toHexString(code.offset(step.address())),
                code.instruction(step.address()).replace(" ptr ", " "),
                code.source(step.address()).map(source -> file(source.file()) + ":" + source.line()).orElse(""))
                .stripTrailing();
    }

    private static String file(final String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
