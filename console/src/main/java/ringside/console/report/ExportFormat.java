package ringside.console.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ringside.emulator.state.OwnFile;
import ringside.fastpath.experiment.Direction;
import ringside.fastpath.experiment.IpcWindows;
import ringside.profiler.export.CallgrindFile;
import ringside.profiler.export.CollapsedStacks;
import ringside.profiler.export.FlameGraph;
import ringside.profiler.export.PerfettoRecorder;
import ringside.profiler.export.PprofFile;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.export.SpeedscopeFile;
import ringside.profiler.profile.CodeProfile;

/** The formats in which a profile leaves for other programs. */
public enum ExportFormat {
    /** For callgrind_annotate and KCachegrind. */
    CALLGRIND((profile, trace, guest) -> text(CallgrindFile.of(profile, guest)), CallgrindFile::isOne),
    /** For {@code go tool pprof}. */
    PPROF((profile, trace, guest) -> PprofFile.of(profile, guest), PprofFile::isOne),
    /** For speedscope. */
    SPEEDSCOPE((profile, trace, guest) -> text(SpeedscopeFile.of(profile, guest)), SpeedscopeFile::isOne),
    /** One line a chain of calls. */
    COLLAPSED((profile, trace, guest) -> text(CollapsedStacks.of(profile)), CollapsedStacks::isOne),
    /** A flame graph. */
    SVG((profile, trace, guest) -> text(FlameGraph.of(profile, guest)), FlameGraph::isOne),
    /** What happened when, for Perfetto. */
    PERFETTO(ExportFormat::perfetto, PerfettoRecorder::isOne),
    /** Routines, one a line. */
    CSV((profile, trace, guest) -> text(ProfileCsv.of(profile)), ProfileCsv::isOne);

    /** From each side of a call to the other, where an image has Bantam's probes. */
    public static final List<PerfettoRecorder.Arrow> ARROWS = IpcWindows.PLAN.windows().stream()
        .filter(window -> List.of(Direction.CALL.toString(), Direction.REPLY_RECV.toString()).contains(window.name()))
        .map(window -> new PerfettoRecorder.Arrow(window.opens(), window.closes())).toList();

    private final Writer writer;
    private final Predicate<byte[]> known;

    /** Makes a file's bytes. */
    private interface Writer {
        byte[] bytes(CodeProfile profile, Optional<PerfettoRecorder> trace, ProfiledGuest guest);
    }

    ExportFormat(final Writer writer, final Predicate<byte[]> known) {
        this.writer = writer;
        this.known = known;
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] perfetto(
            final CodeProfile profile, final Optional<PerfettoRecorder> trace, final ProfiledGuest guest) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            trace.orElseThrow().write(bytes, guest, profile.model());
        } catch (final IOException impossible) {
            throw new UncheckedIOException("an array took no bytes", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * {@return a file's bytes}
     *
     * @param profile with calls
     * @param trace   what happened when; there for {@link #PERFETTO}
     * @param guest   that was profiled
     */
    public byte[] bytes(final CodeProfile profile, final Optional<PerfettoRecorder> trace, final ProfiledGuest guest) {
        return writer.bytes(profile, trace, guest);
    }

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "a profile that Ringside wrote as " + this, OwnFile.HEAD, known);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the format of a name; empty where there is none}
     *
     * @param name in small letters
     */
    public static Optional<ExportFormat> named(final String name) {
        return Arrays.stream(values()).filter(format -> format.toString().equals(name)).findFirst();
    }

    /** {@return all names, for people} */
    public static String names() {
        return Arrays.stream(values()).map(ExportFormat::toString).collect(Collectors.joining(", "));
    }
}
