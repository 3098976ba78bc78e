package ringside.console.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import ringside.console.verify.RefusedFileException;
import ringside.fastpath.experiment.Progress;
import ringside.profiler.gate.BaselineReader;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.gate.Measurements;

/**
 * Another revision of the tree that a gate file is in, measured by the gate file of today. The repository is read, not
 * touched: git writes the revision into a directory of its own, which is removed again.
 */
public final class Revision {
    private static final String PLACE = "--against";
    private static final int SHORT = 12;

    private final GateFile gate;
    private final String name;
    private final String commit;
    private final Path top;

    private Revision(final GateFile gate, final String name, final String commit, final Path top) {
        this.gate = gate;
        this.name = name;
        this.commit = commit;
        this.top = top;
    }

    /**
     * {@return a revision}
     *
     * @param gate today's
     * @param name of the revision, as git knows it
     * @throws FailedCommandException where git knows none
     */
    public static Revision of(final GateFile gate, final String name) {
        final Path top = Path.of(git(gate, gate.directory(), "rev-parse", "--show-toplevel").strip());
        final String commit = git(gate, gate.directory(), "rev-parse", "--verify", "--end-of-options",
            name + "^{commit}");
        return new Revision(gate, name, commit.strip(), top);
    }

    /** {@return the first digits of its commit} */
    public String id() {
        return commit.substring(0, Math.min(SHORT, commit.length()));
    }

    private static String git(final GateFile gate, final Path directory, final String... arguments) {
        return ChildProcess.answer(gate.file(), PLACE, directory,
            Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
    }

    /**
     * {@return what its paths cost}
     *
     * @param progress hears what is being done
     * @throws RevisionException where it cannot be measured
     */
    public Measurements measure(final Progress progress) {
        try (RevisionFolder folder = RevisionFolder.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            final Path tree = folder.path().resolve("tree");
            try {
                unpack(folder.path(), tree, progress);
                final Path directory = tree.resolve(top.relativize(gate.directory().toRealPath()));
                Files.createDirectories(directory);
                final Path file = directory.resolve(gate.file().getFileName());
                Files.copy(gate.file(), file, StandardCopyOption.REPLACE_EXISTING);
                final GateFile there = GateReader.read(file);
                requireInside(tree, there);
                final Measurements measured =
                    there.program().isPresent() ? bySelf(directory, there, progress) : byThis(there, progress);
                // Once more, for a build may have made what was not there.
                requireInside(tree, there);
                return asOfToday(measured, tree);
            } catch (final RuntimeException failed) {
                throw new RevisionException(named(failed.getMessage(), folder.path(), tree), failed);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException("the revision " + name + " cannot be unpacked", failure);
        }
    }

    private void unpack(final Path folder, final Path tree, final Progress progress) throws IOException {
        progress.begins("unpacking " + id());
        final Path archive = folder.resolve("archive.tar");
        git(gate, top, "archive", "--format=tar", "-o", archive.toString(), commit);
        Files.createDirectory(tree);
        ChildProcess.run(gate.file(), PLACE, tree, List.of("tar", "-xf", archive.toString()));
        Files.delete(archive);
    }

    /** A tree that has its own program is measured by that one: what it emits may be part of what changed. */
    private Measurements bySelf(final Path directory, final GateFile there, final Progress progress) {
        final Path numbers = directory.resolve(".ringside-measured.json");
        progress.begins("building and measuring " + id());
        ChildProcess.run(there.file(), "program", directory, List.of(there.program().orElseThrow().toString(),
            "check", "--measure", numbers.toString(), there.file().toString()));
        return BaselineReader.read(numbers);
    }

    private Measurements byThis(final GateFile there, final Progress progress) {
        progress.begins("measuring " + id());
        return GateRun.of(there, progress).measured();
    }

    /** Debug information may name the files where they were built. */
    private Measurements asOfToday(final Measurements measured, final Path tree) {
        final String there = tree + "/";
        final SortedMap<String, MeasuredPath> paths = new TreeMap<>();
        measured.paths().forEach((path, one) -> paths.put(path, new MeasuredPath(one.name(), one.metrics(),
            one.causes(), one.places(), one.steps().stream().map(step -> new GateStep(step.routine(), step.text(),
                step.file().startsWith(there) ? top + "/" + step.file().substring(there.length()) : step.file(),
                step.line(), step.cycles(), step.cause())).toList())));
        return new Measurements(measured.models(), paths);
    }

    /** What is elsewhere, or leads there, is the same for both sides, and would be held against itself. */
    private void requireInside(final Path tree, final GateFile there) {
        final List<Path> here = used(gate);
        final List<Path> used = used(there);
        for (int i = 0; i < used.size(); i++) {
            final Path file = used.get(i);
            if (!file.startsWith(tree)) {
                throw outside(here.get(i), "is not in the tree");
            }
            try (Stream<Path> files = Files.exists(file) ? Files.walk(file) : Stream.empty()) {
                for (final Path one : files.filter(one -> one.equals(file) || Files.isSymbolicLink(one)).toList()) {
                    if (Files.exists(one) && !one.toRealPath().startsWith(tree)) {
                        throw outside(here.get(i).resolve(file.relativize(one)).normalize(), "leads out of the tree");
                    }
                }
            } catch (final IOException | UncheckedIOException unread) {
                throw new RefusedFileException(file.toString(), "file", "cannot be looked at: " + unread.getMessage());
            }
        }
    }

    private RefusedFileException outside(final Path file, final String what) {
        return new RefusedFileException(gate.file().toString(), PLACE,
            file + " " + what + ": another revision has no other one");
    }

    private static List<Path> used(final GateFile gate) {
        return Stream.concat(gate.inputs(), gate.program().stream()).map(one -> one.toAbsolutePath().normalize())
            .toList();
    }

    /** {@return a message with the revision's files as git names them} */
    private String named(final String message, final Path folder, final Path tree) {
        final String text = Objects.toString(message, "").replace(tree + "/", name + ":")
            .replace(tree.toString(), name + ":").replace(folder + "/", "");
        return text.contains(name + ":") || text.startsWith(gate.file() + ": " + PLACE) ? text : name + ": " + text;
    }
}
