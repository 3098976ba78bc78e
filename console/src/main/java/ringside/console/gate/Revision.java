package ringside.console.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import ringside.console.verify.RefusedFileException;
import ringside.fastpath.experiment.Progress;
import ringside.profiler.gate.BaselineReader;
import ringside.profiler.gate.Measurements;

/**
 * Another revision of the tree that a gate file is in, measured by the gate file of today. The repository is read, not
 * touched: git writes the revision into a directory of its own, which is removed again.
 */
public final class Revision {
    private static final String PLACE = "--against";
    private static final int SHORT = 12;

    private final GateFile gate;
    private final String commit;
    private final Path top;

    private Revision(final GateFile gate, final String commit, final Path top) {
        this.gate = gate;
        this.commit = commit;
        this.top = top;
    }

    /**
     * {@return a revision}
     *
     * @param gate today's
     * @param name of the revision, as git knows it
     * @throws ringside.console.verify.RefusedFileException where git knows none
     */
    public static Revision of(final GateFile gate, final String name) {
        final Path top = Path.of(git(gate, gate.directory(), "rev-parse", "--show-toplevel").strip());
        final String commit = git(gate, gate.directory(), "rev-parse", "--verify", "--end-of-options",
            name + "^{commit}");
        return new Revision(gate, commit.strip(), top);
    }

    /** {@return the first digits of its commit} */
    public String id() {
        return commit.substring(0, Math.min(SHORT, commit.length()));
    }

    private static String git(final GateFile gate, final Path directory, final String... arguments) {
        return ChildProcess.run(gate.file(), PLACE, directory,
            Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
    }

    /**
     * {@return what its paths cost}
     *
     * @param progress hears what is being done
     */
    public Measurements measure(final Progress progress) {
        try {
            final Path tree = Files.createTempDirectory("ringside-revision-").toRealPath();
            // A process that is told to end leaves nothing; one that is killed leaves the directory.
            final Thread cleaner = new Thread(() -> removeQuietly(tree));
            Runtime.getRuntime().addShutdownHook(cleaner);
            try {
                progress.begins("unpacking " + id());
                final Path archive = tree.resolve("archive.tar");
                git(gate, top, "archive", "--format=tar", "-o", archive.toString(), commit);
                final Path sources = Files.createDirectory(tree.resolve("tree"));
                ChildProcess.run(gate.file(), PLACE, sources, List.of("tar", "-xf", archive.toString()));
                Files.delete(archive);
                final Path directory = sources.resolve(top.relativize(gate.directory().toRealPath()));
                Files.createDirectories(directory);
                final Path file = directory.resolve(gate.file().getFileName());
                Files.copy(gate.file(), file, StandardCopyOption.REPLACE_EXISTING);
                requireInside(sources, GateReader.read(file));
                return measure(directory, file, progress);
            } finally {
                Runtime.getRuntime().removeShutdownHook(cleaner);
                remove(tree);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException("the revision " + id() + " cannot be unpacked", failure);
        }
    }

    /** A tree that has its own program is measured by that one: what it emits may be part of what changed. */
    private Measurements measure(final Path directory, final Path file, final Progress progress) throws IOException {
        if (gate.program().isPresent()) {
            final Path program = directory.resolve(gate.directory().relativize(gate.program().get()));
            final Path numbers = directory.resolve(".ringside-measured.json");
            progress.begins("building and measuring " + id());
            ChildProcess.run(gate.file(), PLACE, directory, List.of(program.toAbsolutePath().toString(),
                "check", "--measure", numbers.toString(), file.toString()));
            return BaselineReader.read(numbers);
        }
        progress.begins("measuring " + id());
        return GateRun.of(GateReader.read(file), progress).measured();
    }

    /** What is elsewhere is the same for both sides, and would be held against itself. */
    private void requireInside(final Path tree, final GateFile there) {
        final List<Path> used = Stream.of(there.images().stream().map(GatedImage::file),
            there.scripts().stream().map(GatedScript::file),
            there.scripts().stream().flatMap(one -> one.image().stream()),
            there.kernel().stream(), there.experiments().stream().filter(one -> one.endsWith(".toml")).map(Path::of))
            .flatMap(files -> files).toList();
        for (final Path one : used) {
            if (!one.toAbsolutePath().normalize().startsWith(tree)) {
                throw new RefusedFileException(gate.file().toString(), PLACE,
                    one + " is not in the tree: another revision has no other one");
            }
        }
    }

    private static void removeQuietly(final Path tree) {
        try {
            remove(tree);
        } catch (IOException | UncheckedIOException _) {
            // What a build still writes there stays.
        }
    }

    private static void remove(final Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
