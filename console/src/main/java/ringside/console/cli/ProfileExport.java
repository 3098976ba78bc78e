package ringside.console.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import ringside.console.verify.RefusedFileException;
import ringside.profiler.export.CallgrindFile;
import ringside.profiler.export.CollapsedStacks;
import ringside.profiler.export.FlameGraph;
import ringside.profiler.export.PprofFile;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.export.SpeedscopeFile;
import ringside.profiler.profile.CodeProfile;

/** The formats in which a profile leaves for other programs. */
enum ProfileExport {
    /** For callgrind_annotate and KCachegrind. */
    CALLGRIND((profile, guest) -> text(CallgrindFile.of(profile, guest))),
    /** For {@code go tool pprof}. */
    PPROF(PprofFile::of),
    /** For speedscope. */
    SPEEDSCOPE((profile, guest) -> text(SpeedscopeFile.of(profile, guest))),
    /** One line a chain of calls. */
    COLLAPSED((profile, guest) -> text(CollapsedStacks.of(profile))),
    /** A flame graph. */
    SVG((profile, guest) -> text(FlameGraph.of(profile, guest)));

    private final BiFunction<CodeProfile, ProfiledGuest, byte[]> format;

    ProfileExport(final BiFunction<CodeProfile, ProfiledGuest, byte[]> format) {
        this.format = format;
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the format of that name} */
    static ProfileExport named(final String name) {
        return Arrays.stream(values()).filter(format -> format.toString().equals(name)).findFirst()
            .orElseThrow(() -> new WrongUseException("--export: '" + name + "' is none of "
                + Arrays.stream(values()).map(ProfileExport::toString).collect(Collectors.joining(", "))));
    }

    /** Writes a run's profile to a file. */
    void write(final ProfiledRun run, final Path file) {
        final byte[] bytes = format.apply(run.profile(), new ProfiledGuest(run.image().name(), run.image().sha256(),
            Version.current(), address -> run.image().lines().at(address)));
        try {
            Files.write(file, bytes);
        } catch (final IOException failure) {
            throw new RefusedFileException(file.toString(), "file", "cannot be written: " + failure);
        }
    }
}
