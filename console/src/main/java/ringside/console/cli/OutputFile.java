package ringside.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.emulator.state.WholeFile;

/** A file that a command writes when it is done, which may be long after it began. */
final class OutputFile {
    private OutputFile() {
    }

    /**
     * Refuses a place where nothing can be written, before the command begins.
     *
     * @param option the user named it with
     * @param file   as the user named it
     */
    static void require(final String option, final Path file) {
        WholeFile.obstacle(file).ifPresent(reason -> {
            throw new WrongUseException(option + "=" + file + ": cannot be written: " + reason);
        });
    }

    /**
     * Refuses also a file that the command reads, by whatever name or link: it would be lost.
     *
     * @param option the user named it with
     * @param file   as the user named it
     * @param inputs what the command reads; they need not be there
     */
    static void require(final String option, final Path file, final Stream<Path> inputs) {
        require(option, file);
        if (inputs.anyMatch(input -> isSame(file, input))) {
            throw new WrongUseException(option + "=" + file + ": the run reads this file");
        }
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
     * Refuses to replace what is of another kind, unless that is wished.
     *
     * @param option   the user named it with
     * @param file     as the user named it
     * @param obstacle why it is not replaced, if so
     * @param force    whether it is all the same
     */
    static void requireOwn(final String option, final Path file, final Optional<String> obstacle, final boolean force) {
        if (!force) {
            obstacle.ifPresent(reason -> {
                throw new WrongUseException(option + "=" + file + ": " + reason);
            });
        }
    }

    private static boolean isSame(final Path file, final Path input) {
        try {
            return Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input);
        } catch (IOException _) {
            // An input that cannot be looked at is refused when it is read, which is before anything is written.
            return false;
        }
    }
}
