package ringside.fastpath.claim;

import java.util.Objects;
import java.util.Optional;

/**
 * One row of the literature. It holds no verdict.
 *
 * @param id          a number, perhaps with a letter: {@code 38}, {@code 32b}
 * @param source      whose document
 * @param document    its title
 * @param mechanism   what it is about
 * @param claim       what is claimed of it
 * @param baseline    what it is compared with, {@code -} where the source does not say
 * @param undecidable why no run on such a machine can decide it, where none can
 */
public record ClaimRow(String id, String source, String document, String mechanism, String claim,
        String baseline, Optional<String> undecidable) {
    /** Refuses missing parts. */
    public ClaimRow {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(undecidable, "undecidable");
    }
}
