package ringside.console.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
     * {@return what it said, errors and warnings too}
     *
     * @param file      that asks for it, for messages
     * @param place     in that file, or an option
     * @param directory to run in
     * @param command   and its arguments
     * @throws RefusedFileException   where it cannot be started
     * @throws FailedCommandException where it does not end with 0
     */
    static String run(final Path file, final String place, final Path directory, final List<String> command) {
        return run(file, place, directory, command, true);
    }

    /**
     * {@return what it answered: its standard output alone, for what it warns of is no answer}
     *
     * @param file      that asks for it, for messages
     * @param place     in that file, or an option
     * @param directory to run in
     * @param command   and its arguments
     * @throws RefusedFileException   where it cannot be started
     * @throws FailedCommandException where it does not end with 0
     */
    static String answer(final Path file, final String place, final Path directory, final List<String> command) {
        return run(file, place, directory, command, false);
    }

    private static String run(final Path file, final String place, final Path directory, final List<String> command,
            final boolean together) {
        try {
            final Process process = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(together)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
            try {
                // Both at once: a command waits for whoever does not read what it says.
                final FutureTask<String> errors = new FutureTask<>(() -> said(process.getErrorStream()));
                Thread.ofVirtual().start(errors);
                final String text = said(process.getInputStream());
                final int code = process.waitFor();
                if (code != 0) {
                    throw new FailedCommandException(file + ": " + place + ": " + quoted(command)
                        + " ended with exit code " + code + lastWords(text + errors.get()));
                }
                return text;
            } finally {
                process.destroy();
            }
        } catch (final IOException missing) {
            throw new RefusedFileException(file.toString(), place, command.getFirst() + " cannot be run: "
                + missing.getMessage());
        } catch (final ExecutionException unread) {
            throw new UncheckedIOException(new IOException("what " + command.getFirst() + " says cannot be read",
                unread));
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", interrupted));
        }
    }

    /** The rest is read and forgotten. */
    private static String said(final InputStream stream) throws IOException {
        final byte[] said = stream.readNBytes(MOST_BYTES);
        stream.transferTo(OutputStream.nullOutputStream());
        return new String(said, StandardCharsets.UTF_8);
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
