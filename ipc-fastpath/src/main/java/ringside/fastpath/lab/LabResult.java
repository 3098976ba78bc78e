package ringside.fastpath.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What an experiment found.
 *
 * @param declaration what was run
 * @param images      SHA-256 of each image, lower-case hexadecimal, by variant and parameters of the image
 * @param rows        by parameters, then by trial, variant and window, in the order of the declaration
 * @param judgements  one for each claim
 * @param runs        what they were made of
 */
public record LabResult(Declaration declaration, SequencedMap<String, String> images, List<LabRow> rows,
        List<Judgement> judgements, List<LabVariant> runs) {
    /** Copies the collections. */
    public LabResult {
        Objects.requireNonNull(declaration, "declaration");
        images = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(images));
        rows = List.copyOf(rows);
        judgements = List.copyOf(judgements);
        runs = List.copyOf(runs);
    }
}
