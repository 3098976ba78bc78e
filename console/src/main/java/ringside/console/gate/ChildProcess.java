package ringside.console.gate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import ringside.console.verify.RefusedFileException;

/** A command of the host's that a gate needs: a build, git. What it says is shown where it fails. */
final class ChildProcess {
    private static final int MOST_LINES = 12;
    private static final int MOST_BYTES = 1 << 20;

    private ChildProcess() {
    }

    /**
     * {@return what it said}
     *
     * @param file      that asks for it, for messages
     * @param place     in that file, or an option
     * @param directory to run in
     * @param command   and its arguments
     * @throws RefusedFileException where it cannot be started or does not end with 0
     */
    static String run(final Path file, final String place, final Path directory, final List<String> command) {
        try {
            final Process process = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
            try {
                final byte[] said = process.getInputStream().readNBytes(MOST_BYTES);
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
                final String text = new String(said, StandardCharsets.UTF_8);
                final int code = process.waitFor();
                if (code != 0) {
                    final List<String> lines = text.lines().toList();
                    throw new RefusedFileException(file.toString(), place, String.join(" ", command)
                        + " ended with exit code " + code + "\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())));
                }
                return text;
            } finally {
                process.destroy();
            }
        } catch (final IOException missing) {
            throw new RefusedFileException(file.toString(), place, command.getFirst() + " cannot be run: "
                + missing.getMessage());
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", interrupted));
        }
    }
}
