package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ringside.profiler.model.Microarchitecture;

/**
 * The model of Zen 4 against what a Zen 4 took, as {@code ringside calibrate} measured it: the file beside this class.
 * No parameter is a snippet's own.
 */
class MeasuredProcessorTest {
    private static final double MOST_MEAN_ERROR = 7;
    private static final double CLOSE = 10;
    private static final double LEAST_SHARE_CLOSE = 78;
    private static final double DIFFERENT = 0.1;

    private static Map<String, Double> measured() throws IOException {
        final Map<String, Double> cycles = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(
                Microarchitecture.class.getResourceAsStream("zen4-measured.csv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.startsWith("#") && !line.startsWith("snippet,")).map(l -> l.split(","))
                    .forEach(row -> cycles.put(row[0], Double.parseDouble(row[1])));
        }
        return cycles;
    }

    @Test
    void zen4IsWithinItsPromisedErrorAndFindsTheFasterOfEachPair() throws IOException {
        final Map<String, Double> measured = measured();
        final Map<String, Double> modelled = new TreeMap<>();
        final Map<String, List<String>> pairs = new TreeMap<>();
        final ProcessorEstimate zen4 = new ProcessorEstimate(Microarchitecture.named("zen4"));
        for (final Snippet snippet : Snippets.of(List.copyOf(measured.keySet()))) {
            modelled.put(snippet.name(), zen4.estimate(snippet).cycles().orElseThrow());
            snippet.pair().ifPresent(pair -> pairs.computeIfAbsent(pair, _ -> new ArrayList<>()).add(snippet.name()));
        }
        final double[] errors = measured.entrySet().stream()
                .mapToDouble(row -> 100 * Math.abs(modelled.get(row.getKey()) / row.getValue() - 1)).toArray();
        final double mean = Arrays.stream(errors).average().orElseThrow();
        final double close = 100.0 * Arrays.stream(errors).filter(e -> e <= CLOSE).count() / errors.length;
        assertTrue(errors.length > 230, "snippets=" + errors.length);
        assertTrue(mean <= MOST_MEAN_ERROR, "mean error=" + mean + " %");
        assertTrue(close >= LEAST_SHARE_CLOSE, "within 10 %: " + close + " %");
        int different = 0;
        for (final List<String> pair : pairs.values()) {
            if (pair.size() == 2) {
                final double native1 = measured.get(pair.getFirst());
                final double native2 = measured.get(pair.getLast());
                if (Math.abs(native1 / native2 - 1) > DIFFERENT) {
                    different++;
                    assertEquals(native1 < native2, modelled.get(pair.getFirst()) < modelled.get(pair.getLast()),
                            pair.toString());
                }
            }
        }
        assertTrue(different > 25, "pairs that differ: " + different);
    }

    @Test
    void sameSnippetTakesTheSameCyclesEveryTime() {
        final Snippet snippet = Snippets.of(List.of("switch_table_random")).getFirst();
        final ProcessorEstimate zen4 = new ProcessorEstimate(Microarchitecture.named("zen4"));
        assertEquals(zen4.estimate(snippet), zen4.estimate(snippet));
    }
}
