package ringside.console.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.console.repl.Session;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.emulator.state.UnwrittenFileException;
import ringside.emulator.travel.Position;
import ringside.emulator.travel.Timeline;
import ringside.profiler.replay.Recording;
import ringside.profiler.trace.TraceWriter;

/** What is kept of a session whose script failed: the machine as it is there, and the whole way there as a trace. */
final class KeptRun {
    private final Path directory;
    private final OutputFile outputs;
    private final Optional<Path> image;
    private final List<String> arguments;

    /**
     * Makes a keeper.
     *
     * @param directory where to
     * @param outputs   looks at what is there
     * @param image     the image's file; empty for one that Ringside builds
     * @param arguments options by which the machine is made again
     */
    KeptRun(final Path directory, final OutputFile outputs, final Optional<Path> image, final List<String> arguments) {
        this.directory = directory;
        this.outputs = outputs;
        this.image = image;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Refuses a place where the files could not be written, before anything is done; makes the directory where it is
     * missing.
     *
     * @param option the user named it with
     * @param names  of scripts that may fail
     * @throws WrongUseException with the reason
     */
    void require(final String option, final List<String> names) {
        try {
            Files.createDirectories(directory);
        } catch (final IOException refused) {
            throw new WrongUseException(option + "=" + directory + ": cannot be made: "
                + (refused instanceof FileAlreadyExistsException ? "there is something else"
                    : UnwrittenFileException.reason(refused)));
        }
        for (final String name : names) {
            outputs.require(option, snapshot(name), Stream.empty(), SnapshotFile::obstacle);
            outputs.require(option, trace(name), Stream.empty(), TraceWriter::obstacle);
        }
    }

    private Path snapshot(final String name) {
        return directory.resolve(name + ".snapshot");
    }

    private Path trace(final String name) {
        return directory.resolve(name + ".trace");
    }

    /**
     * {@return where both are kept and how to look at them, or why they are not, line by line} The verdict stands,
     * whatever becomes of the files.
     *
     * @param session that failed
     * @param name    of the script
     */
    List<String> keep(final Session session, final String name) {
        final Path snapshot = snapshot(name);
        final Path trace = trace(name);
        final Timeline timeline = session.desk().guest().timeline();
        final Position here = timeline.position();
        final Optional<String> foreign = outputs.refusal(snapshot, SnapshotFile::obstacle)
            .map(reason -> snapshot + ": " + reason)
            .or(() -> outputs.refusal(trace, TraceWriter::obstacle).map(reason -> trace + ": " + reason));
        if (foreign.isPresent()) {
            return List.of("at " + here + "; nothing is kept: " + foreign.get());
        }
        final List<String> told = new ArrayList<>();
        try {
            final long step = session.saveSnapshot(snapshot);
            told.add("at " + here + "; the machine " + (step == here.step() ? "" : "of step " + step
                + ", where the block begins, ") + "is in " + snapshot);
            if (step != here.step()) {
                told.add("in 'console' with the same options 'snapshot load " + snapshot + "' and 'goto " + here
                    + "' lead there");
            }
            final Optional<String> missing = record(timeline, trace);
            if (missing.isPresent()) {
                told.add("there is no trace: " + missing.get());
            } else {
                told.add("the way there is in " + trace + "; to look at it:");
                told.add("  ringside replay " + trace + (arguments.stream().anyMatch(word -> word.endsWith(".java"))
                    ? " --trust" : "") + " --console --to " + here);
            }
        } catch (final UnwrittenFileException refused) {
            told.add("it is not kept: " + refused.getMessage());
        }
        return told;
    }

    /** Runs the history once more as a recording: {@return why there is none}. */
    private Optional<String> record(final Timeline timeline, final Path file) {
        final MachineConfig config;
        try {
            config = GuestLine.requireKept(timeline.machine().config());
        } catch (final WrongUseException refused) {
            return Optional.of(refused.getMessage());
        }
        final long steps = timeline.machine().steps();
        final InputRecorder input = new InputRecorder(timeline.input().replay());
        final Recording.Plan plan = new Recording.Plan(Version.current(), image.map(Path::toAbsolutePath), arguments,
            Recording.INTERVAL, false);
        final Snapshot end;
        try (Machine machine = Machine.boot(config.withSerial(octet -> { }).withInput(input),
                timeline.machine().image());
                Recording recording = Recording.begin(machine, input, file, plan)) {
            recording.run(Math.max(1, steps), () -> true);
            end = machine.snapshot();
        }
        // Of a guest that was changed, or that began from a snapshot, the run from its boot is another.
        timeline.go(end.steps());
        final Snapshot there = timeline.base();
        final boolean same = there.steps() == end.steps() && there.hash().equals(end.hash());
        timeline.go(steps);
        if (same) {
            return Optional.empty();
        }
        try {
            Files.deleteIfExists(file);
        } catch (final IOException refused) {
            return Optional.of(file + " is of another run, and cannot be removed: " + refused.getMessage());
        }
        return Optional.of("the session changed the guest, or began from a snapshot, which a recording cannot tell");
    }
}
