package ringside.console.gate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.profiler.gate.GateStep;

/** Where the files are whose names debug information has, as those want them who show a repository. */
final class GateSources {
    private static final String USER = "user/";
    private static final String USER_FOLDER = "asm/";

    private GateSources() {
    }

    /**
     * A place in a file.
     *
     * @param file seen from the top of the repository, or absolute; no part of it is {@code ..}
     * @param line from 1 on, 0 where it is the file
     */
    record Place(String file, int line) {
    }

    /**
     * {@return where an instruction comes from, with the file as its debug information names it where it is not found
     * in the repository; empty where nobody could find it by that name}
     *
     * @param gate that measured
     * @param step executed instruction
     */
    static Optional<Place> place(final GateFile gate, final GateStep step) {
        return Optional.of(new Place(file(gate, step.file()), step.line())).filter(place -> !place.file().isBlank()
            && !List.of(place.file().split("/")).contains(".."));
    }

    /** {@return a file of the gate's own} */
    static Place place(final GateFile gate, final Path file) {
        final Path top = top(gate);
        final Path whole = gate.directory().resolve(file).normalize();
        return new Place(whole.startsWith(top) ? seen(top, whole) : whole.toString(), 0);
    }

    /** Names in images are hostile: nothing outside the directories is looked at. */
    private static String file(final GateFile gate, final String file) {
        final Path top = top(gate);
        final String plain = file.replace("\0", "");
        final Stream<Optional<Path>> named = gate.sources().stream().map(folder -> inside(folder,
            plain.startsWith(USER) && folder.endsWith("user") ? USER_FOLDER + plain.substring(USER.length()) : plain));
        return Stream.concat(named, Stream.of(plain).filter(name -> !name.isEmpty())
                .map(name -> Optional.of(gate.directory().resolve(name).normalize())))
            .flatMap(Optional::stream).filter(candidate -> candidate.startsWith(top) && Files.isRegularFile(candidate))
            .findFirst().map(found -> seen(top, found)).orElse(file);
    }

    private static Optional<Path> inside(final Path folder, final String name) {
        final Path candidate = folder.resolve(name).normalize();
        return name.isEmpty() || !candidate.startsWith(folder) ? Optional.empty()
            : Optional.of(candidate.toAbsolutePath());
    }

    private static String seen(final Path top, final Path file) {
        return top.relativize(file).toString().replace('\\', '/');
    }

    /** The directory of git's that the gate is in; where there is none, the one that the command runs in. */
    private static Path top(final GateFile gate) {
        final Path directory = gate.directory().normalize();
        final Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(directory, folder -> folder != null, Path::getParent)
            .filter(folder -> Files.exists(folder.resolve(".git"))).findFirst()
            .orElse(directory.startsWith(here) ? here : directory);
    }
}
