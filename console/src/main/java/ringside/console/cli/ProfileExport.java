package ringside.console.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import ringside.emulator.state.WholeFile;
import ringside.profiler.export.CallgrindFile;
import ringside.profiler.export.CollapsedStacks;
import ringside.profiler.export.FlameGraph;
import ringside.profiler.export.PprofFile;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.export.SpeedscopeFile;

/** The formats in which a profile leaves for other programs. */
enum ProfileExport {
    /** For callgrind_annotate and KCachegrind. */
    CALLGRIND((run, guest) -> text(CallgrindFile.of(run.profile(), guest))),
    /** For {@code go tool pprof}. */
    PPROF((run, guest) -> PprofFile.of(run.profile(), guest)),
    /** For speedscope. */
    SPEEDSCOPE((run, guest) -> text(SpeedscopeFile.of(run.profile(), guest))),
    /** One line a chain of calls. */
    COLLAPSED((run, guest) -> text(CollapsedStacks.of(run.profile()))),
    /** A flame graph. */
    SVG((run, guest) -> text(FlameGraph.of(run.profile(), guest))),
    /** What happened when, for Perfetto. */
    PERFETTO(ProfileExport::trace);

    private final BiFunction<ProfiledRun, ProfiledGuest, byte[]> format;

    ProfileExport(final BiFunction<ProfiledRun, ProfiledGuest, byte[]> format) {
        this.format = format;
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] trace(final ProfiledRun run, final ProfiledGuest guest) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            run.trace().orElseThrow().write(bytes, guest, run.profile().model());
        } catch (final IOException impossible) {
            throw new UncheckedIOException("an array took no bytes", impossible);
        }
        return bytes.toByteArray();
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
        final byte[] bytes = format.apply(run, new ProfiledGuest(run.image().name(), run.image().sha256(),
            Version.current(), address -> run.image().lines().at(address)));
        WholeFile.write(file, out -> out.write(bytes));
    }
}
