package ringside.fastpath.lab;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.WindowSpec;
import ringside.profiler.toml.TomlTable;

/** Reads the claims of a declaration, and holds each name in them against what there will be. */
final class ClaimReader {
    private static final BigDecimal MOST_RATIO = BigDecimal.valueOf(1_000_000);

    private final List<VariantSpec> variants;
    private final Set<String> swept;
    private final List<String> trials;
    private final List<WindowSpec> windows;
    private final List<Microarchitecture> models;

    ClaimReader(final List<VariantSpec> variants, final Set<String> swept, final List<String> trials,
            final List<WindowSpec> windows, final List<Microarchitecture> models) {
        this.variants = variants;
        this.swept = swept;
        this.trials = trials;
        this.windows = windows;
        this.models = models;
    }

    List<ClaimRule> read(final TomlTable top) {
        final List<ClaimRule> claims = new ArrayList<>();
        if (top.has("claim")) {
            for (final TomlTable table : top.tables("claim")) {
                claims.add(claim(table));
                table.end();
            }
        }
        return claims;
    }

    private ClaimRule claim(final TomlTable table) {
        final List<String> rows = DeclarationReader.rows(table);
        final String text = table.text("text");
        final String variant = variant(table, "variant");
        final Map<String, Long> where = new TreeMap<>();
        if (table.has("where")) {
            final TomlTable wanted = table.table("where");
            for (final String key : wanted.keys()) {
                if (!swept.contains(key) && !trials.contains(key)) {
                    throw wanted.wrong(key, "neither swept nor a number of a trial");
                }
                where.put(key, wanted.wide(key, Long.MIN_VALUE, Long.MAX_VALUE));
            }
        }
        if (table.has("holds")) {
            return new ClaimRule(rows, text, variant, where, Optional.empty(), "", Optional.empty(), true,
                    Optional.of(formula(table, "holds")));
        }
        final BigDecimal claimed = table.decimal("claimed");
        if (claimed.signum() <= 0 || claimed.compareTo(MOST_RATIO) > 0) {
            throw table.wrong("claimed", "how many times better: more than 0, at most " + MOST_RATIO);
        }
        final String baseline = table.has("baseline") ? variant(table, "baseline")
                : variants.stream().filter(VariantSpec::baseline).findFirst().orElseThrow().name();
        return new ClaimRule(rows, text, variant, where, Optional.of(claimed.doubleValue()), baseline,
                Optional.of(formula(table, "metric")), less(table), Optional.empty());
    }

    private String variant(final TomlTable table, final String key) {
        final String name = table.text(key);
        if (variants.stream().noneMatch(one -> one.name().equals(name))) {
            throw table.wrong(key, "no such variant: " + name);
        }
        return name;
    }

    private static boolean less(final TomlTable table) {
        final String better = table.has("better") ? table.text("better") : "less";
        if (!better.equals("less") && !better.equals("more")) {
            throw table.wrong("better", "less or more is wanted");
        }
        return better.equals("less");
    }

    private Formula formula(final TomlTable table, final String key) {
        final Formula formula;
        try {
            formula = Formula.parse(table.text(key));
        } catch (final IllegalArgumentException wrong) {
            throw table.wrong(key, wrong.getMessage());
        }
        for (final String name : formula.names()) {
            final String window = MetricName.window(name);
            if (windows.stream().noneMatch(one -> one.name().equals(window))) {
                throw table.wrong(key, "no such window: " + window);
            }
            if (!MetricName.isKnown(name, models)) {
                throw table.wrong(key, "no such metric: " + name);
            }
        }
        return formula;
    }
}
