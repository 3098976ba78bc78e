package ringside.console.html;

import java.util.List;
import java.util.Map;
import ringside.profiler.export.FlameGraph;

/** Where whole runs spent their cycles. */
final class FlamePage {
    /** Letters of one graph. */
    private static final int LONGEST = 3 << 20;

    private FlamePage() {
    }

    static Map<String, Object> of(final List<ReportContent.Gate> gates) {
        final List<Map<String, Object>> guests = gates.stream().flatMap(gate -> gate.guests().stream())
            .map(FlamePage::guest).toList();
        return Values.of("guests", guests, "none", guests.isEmpty());
    }

    private static Map<String, Object> guest(final GuestFigures guest) {
        final String file = FlameGraph.of(guest.profile(), guest.guest());
        final boolean fits = file.length() <= LONGEST;
        return Values.of("name", guest.name(), "fits", fits, "svg",
            fits ? file.substring(file.indexOf("<svg")).strip() : "");
    }
}
