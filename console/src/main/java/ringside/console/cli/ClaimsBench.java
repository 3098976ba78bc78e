package ringside.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.console.report.ClaimJson;
import ringside.console.report.ClaimMarkdown;
import ringside.emulator.state.WholeFile;
import ringside.fastpath.claim.ClaimBench;
import ringside.fastpath.claim.ClaimList;
import ringside.fastpath.claim.ClaimReport;
import ringside.fastpath.interleave.ScheduleReader;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;

/** {@code ringside bench --claims}: all that decides rows of the literature, and one report. */
final class ClaimsBench {
    private final Terminal terminal;

    ClaimsBench(final Terminal terminal) {
        this.terminal = terminal;
    }

    int call(final List<String> rows, final boolean json, final Optional<Path> output, final OutputFile outputs) {
        final ClaimList list = ClaimList.shipped().only(rows);
        output.ifPresent(file -> outputs.require("--output", file, Stream.empty(),
            json ? ClaimJson::obstacle : ClaimMarkdown::obstacle));
        final ClaimReport report = ClaimBench.run(list, LabFiles.shipped().stream()
            .map(name -> DeclarationReader.read(LabFiles.shipped(name))).toList(), LabFiles.schedules().stream()
            .map(name -> ScheduleReader.read(LabFiles.findSchedule(name))).toList(), BenchCommand.progress(terminal));
        final String text = json ? ClaimJson.of(report, Version.current())
            : ClaimMarkdown.of(report, Version.current());
        if (output.isPresent()) {
            WholeFile.write(output.get(), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } else {
            terminal.out().print(text);
        }
        return report.isComplete() ? ExitStatus.FINE.code() : ExitStatus.GUEST_FAILED.code();
    }
}
