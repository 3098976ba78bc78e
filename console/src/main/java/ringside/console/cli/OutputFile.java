package ringside.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import ringside.emulator.state.WholeFile;

/** Files that a command writes when it is done, which may be long after it began; an option of theirs. */
final class OutputFile {
    @Option(names = "--force",
        description = "Replace a file that is there and is not what Ringside writes with this option.")
    private boolean force;

    /**
     * Refuses a place where nothing can be written, a file that the command reads, by whatever name or link, and one
     * that is of another kind unless that is wished: it would be lost. Before the command begins.
     *
     * @param option   the user named it with
     * @param file     as the user named it
     * @param inputs   what the command reads; they need not be there
     * @param obstacle tells why a file that is there is not replaced, if so
     */
    void require(final String option, final Path file, final Stream<Path> inputs,
            final Function<Path, Optional<String>> obstacle) {
        WholeFile.obstacle(file).ifPresent(reason -> {
            throw new WrongUseException(option + "=" + file + ": cannot be written: " + reason);
        });
        if (inputs.anyMatch(input -> isSame(file, input))) {
            throw new WrongUseException(option + "=" + file + ": the run reads this file");
        }
        refusal(file, obstacle).ifPresent(reason -> {
            throw new WrongUseException(option + "=" + file + ": " + reason);
        });
    }

    /**
     * {@return why a file is not replaced, if so; empty where that is wished}
     *
     * @param file     as the user named it
     * @param obstacle tells why a file that is there is not replaced, if so
     */
    Optional<String> refusal(final Path file, final Function<Path, Optional<String>> obstacle) {
        return force ? Optional.empty() : obstacle.apply(file);
    }

    /**
     * Refuses a place where nothing can be written, having made the folder that it is in where only that is missing.
     *
     * @param what what the file is called
     * @param file of which the folder above its own is there
     */
    static void requireFolder(final String what, final Path file) {
        final Path folder = file.toAbsolutePath().getParent();
        try {
            if (!Files.exists(folder) && Files.isDirectory(folder.getParent())) {
                Files.createDirectory(folder);
            }
        } catch (IOException _) {
            // Said by the look that follows.
        }
        WholeFile.obstacle(file).ifPresent(reason -> {
            throw new WrongUseException(what + " " + file + ": cannot be written: " + reason);
        });
    }

    /**
     * Refuses to write one file twice, by whatever name or link.
     *
     * @param what  they are called
     * @param files as the user named them
     */
    static void requireOneEach(final String what, final List<Path> files) {
        final Set<Path> places = new HashSet<>();
        for (final Path file : files) {
            if (!places.add(place(file))) {
                throw new WrongUseException(what + " " + file + ": is written twice");
            }
        }
    }

    /** {@return where a file is, or is going to be} */
    private static Path place(final Path file) {
        final Path place = file.toAbsolutePath().normalize();
        final Path folder = place.getParent();
        try {
            return Files.exists(file) ? file.toRealPath() : folder != null && Files.isDirectory(folder)
                ? folder.toRealPath().resolve(place.getFileName()) : place;
        } catch (IOException _) {
            return place;
        }
    }

    /** {@return whether two names are of one file, or of one that is going to be} */
    static boolean isSame(final Path file, final Path input) {
        try {
            return place(file).equals(place(input))
                || Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input);
        } catch (IOException _) {
            // An input that cannot be looked at is refused when it is read, which is before anything is written.
            return false;
        }
    }
}
