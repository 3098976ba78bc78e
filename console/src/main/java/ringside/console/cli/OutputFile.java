package ringside.console.cli;

import java.nio.file.Path;
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
}
