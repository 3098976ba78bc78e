package ringside.console.gate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ringside.console.report.TextLines;
import ringside.console.verify.RefusedFileException;

/** A command of the host's that a gate needs: a build, git. What it says is shown where it fails. */
final class ChildProcess {
    private static final int MOST_LINES = 12;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LETTERS = 400;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,^{}-]+");
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

    private ChildProcess() {
    }

    /**
     * {@return what it said}
     *
     * @param file      that asks for it, for messages
     * @param place     in that file, or an option
     * @param directory to run in
     * @param command   and its arguments
     * @throws RefusedFileException   where it cannot be started
     * @throws FailedCommandException where it does not end with 0
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
                    throw new FailedCommandException(file + ": " + place + ": " + quoted(command)
                        + " ended with exit code " + code + lastWords(text));
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

    /** {@return a command as a shell would take it} */
    private static String quoted(final List<String> command) {
        return command.stream().map(word -> PLAIN.matcher(word).matches() ? word
            : "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }

    /** Without what a terminal would take for a command. */
    private static String lastWords(final String said) {
        final List<String> lines = ESCAPE.matcher(said).replaceAll("").lines()
            .map(line -> TextLines.middle(line.replaceAll("\\p{Cntrl}", " ").stripTrailing(), MOST_LETTERS))
            .filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? " and said nothing" : ":\n"
            + String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    }
}
