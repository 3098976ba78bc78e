package ringside.console.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.console.report.LabCsv;
import ringside.console.report.LabDiffText;
import ringside.console.report.LabJson;
import ringside.console.report.LabTable;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.Laboratory;
import ringside.fastpath.lab.Point;
import ringside.fastpath.lab.VariantSpec;
import ringside.profiler.model.Microarchitecture;

/** {@code ringside bench EXPERIMENT}: one experiment of the laboratory, and their list. */
final class LabBench {
    private final Terminal terminal;
    private final List<Microarchitecture> models;

    /** Models follow beside those that are declared. */
    LabBench(final Terminal terminal, final List<Microarchitecture> models) {
        this.terminal = terminal;
        this.models = models;
    }

    int call(final String experiment, final boolean list, final boolean json, final boolean csv, final String explain,
            final Map<String, Long> at) {
        if (list && experiment != null) {
            throw new WrongUseException("--list and an experiment: one at a time");
        }
        if (Stream.of(json, csv, explain != null).filter(one -> one).count() > 1) {
            throw new WrongUseException("--json, --csv and --explain: one at a time");
        }
        if (list) {
            list();
            return ExitStatus.FINE.code();
        }
        final Declaration declaration = DeclarationReader.read(LabFiles.find(experiment)).withModels(models);
        final String variant = explain == null ? "" : variant(declaration, explain);
        final LabResult result = Laboratory.run(declaration, BenchCommand.progress(terminal));
        terminal.out().print(json ? LabJson.of(result, Version.current()) : csv ? LabCsv.of(result)
            : explain == null ? LabTable.of(result) : explanation(result, variant, at));
        return ExitStatus.FINE.code();
    }

    private static String variant(final Declaration declaration, final String wanted) {
        return declaration.variants().stream().filter(one -> !one.baseline())
            .map(VariantSpec::name).filter(name -> wanted.isEmpty() || name.equals(wanted)).findFirst()
            .orElseThrow(() -> new WrongUseException("--explain: no variant beside the baseline"
                + (wanted.isEmpty() ? "" : " is called " + wanted)));
    }

    private String explanation(final LabResult result, final String variant, final Map<String, Long> at) {
        try {
            return LabDiffText.of(result, variant, at.isEmpty() ? Optional.empty()
                : Optional.of(new Point(new LinkedHashMap<>(at))), terminal.columns());
        } catch (final IllegalArgumentException nowhere) {
            throw new WrongUseException("--at: " + nowhere.getMessage());
        }
    }

    private void list() {
        final List<String> names = LabFiles.shipped();
        final int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (final String name : names) {
            terminal.out().println(String.format(Locale.ROOT, "%-" + width + "s  %s", name,
                DeclarationReader.read(LabFiles.shipped(name)).title()));
        }
    }
}
