package ringside.console.cli;

import java.nio.file.Path;
import ringside.console.report.ExportFormat;
import ringside.emulator.state.WholeFile;
import ringside.profiler.export.ProfiledGuest;

/** A run's profile as a file for another program. */
final class ProfileExport {
    private ProfileExport() {
    }

    /** {@return the format of that name} */
    static ExportFormat named(final String name) {
        return ExportFormat.named(name).orElseThrow(() -> new WrongUseException("--export: '" + name
            + "' is none of " + ExportFormat.names()));
    }

    /** Writes a run's profile to a file. */
    static void write(final ExportFormat format, final ProfiledRun run, final Path file) {
        final byte[] bytes = format.bytes(run.profile(), run.trace(), new ProfiledGuest(run.image().name(),
            run.image().sha256(), Version.current(), address -> run.image().lines().at(address)));
        WholeFile.write(file, out -> out.write(bytes));
    }
}
