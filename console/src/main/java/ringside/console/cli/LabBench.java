package ringside.console.cli;

import java.util.List;
import java.util.Locale;
import ringside.console.report.LabCsv;
import ringside.console.report.LabJson;
import ringside.console.report.LabTable;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.Laboratory;

/** {@code ringside bench EXPERIMENT}: one experiment of the laboratory, and their list. */
final class LabBench {
    private final Terminal terminal;

    LabBench(final Terminal terminal) {
        this.terminal = terminal;
    }

    int call(final String experiment, final boolean list, final boolean json, final boolean csv) {
        if (list && experiment != null || json && csv) {
            throw new WrongUseException(list ? "--list and an experiment: one at a time"
                : "--json and --csv: one at a time");
        }
        if (list) {
            list();
            return ExitStatus.FINE.code();
        }
        final LabResult result = Laboratory.run(DeclarationReader.read(LabFiles.find(experiment)),
            BenchCommand.progress(terminal));
        terminal.out().print(json ? LabJson.of(result, Version.current())
            : csv ? LabCsv.of(result) : LabTable.of(result));
        return ExitStatus.FINE.code();
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
