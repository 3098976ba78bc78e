package ringside.console.html;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.console.gate.GateVerdict;
import ringside.console.history.PastRun;
import ringside.fastpath.claim.ClaimReport;

/**
 * What a report shows.
 *
 * @param title   of it
 * @param version of Ringside
 * @param gates   in the order of the command line
 * @param claims  what experiments say to rows of the literature, where that was asked for
 */
public record ReportContent(String title, String version, List<Gate> gates, Optional<ClaimReport> claims) {
    /** Copies the list. */
    public ReportContent {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(claims, "claims");
        gates = List.copyOf(gates);
    }

    /**
     * A gate.
     *
     * @param verdict what became of it in this run
     * @param own     the same as a run that is in no database
     * @param past    earlier runs, the oldest first
     * @param guests  some of what was measured, looked at as a whole
     * @param rings   of some of what was measured
     */
    public record Gate(GateVerdict verdict, PastRun own, List<PastRun> past, List<GuestFigures> guests,
            List<GuestRings> rings) {
        /** Copies the lists. */
        public Gate {
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(own, "own");
            past = List.copyOf(past);
            guests = List.copyOf(guests);
            rings = List.copyOf(rings);
        }
    }
}
