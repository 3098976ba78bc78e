package ringside.console.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Where a command reads and writes. Results go to {@code out}, everything said about them to {@code err}; both are
 * UTF-8 in every locale, so that a result has the same bytes on every machine.
 *
 * @param in       what a guest's serial port hears; nothing else reads it
 * @param out      results only; flushed by whoever ends the command
 * @param err      messages and progress; flushed at each line
 * @param colour   whether {@code out} may carry escape sequences
 * @param progress whether {@code err} is read by a person who waits
 * @param debug    whether a failure shows its stack trace
 * @param columns  how wide {@code out} is
 * @param screen   whether {@code in} and {@code out} are a terminal on which the cursor can be moved
 * @param keyboard whether {@code in} is a terminal, of whatever kind
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean colour, boolean progress,
                       boolean debug, int columns, boolean screen, boolean keyboard) {
    private static final int LEAST_COLUMNS = 80;
    private static final int MOST_COLUMNS = 250;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Refuses missing streams. */
    public Terminal {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
    }

    /**
     * Streams of which none is a screen.
     *
     * @param in       what a guest's serial port hears
     * @param out      results only
     * @param err      messages and progress
     * @param colour   whether {@code out} may carry escape sequences
     * @param progress whether {@code err} is read by a person who waits
     * @param debug    whether a failure shows its stack trace
     * @param columns  how wide {@code out} is
     */
    public Terminal(final InputStream in, final PrintStream out, final PrintStream err, final boolean colour,
                    final boolean progress, final boolean debug, final int columns) {
        this(in, out, err, colour, progress, debug, columns, false, false);
    }

    /**
     * The process's own streams. Java cannot ask whether standard error is a terminal, so the launcher says it:
     * {@code -Dringside.in=terminal}, {@code -Dringside.out=terminal}, {@code -Dringside.err=terminal},
     * {@code -Dringside.columns=120}.
     * Without a word from it, output is plain and has 80 columns.
     *
     * @param properties  system properties
     * @param environment {@code NO_COLOR}, if set and not empty, forbids colour; {@code TERM=dumb} too;
     *                    {@code RINGSIDE_DEBUG} asks for stack traces
     * @return streams that stay open
     */
    public static Terminal ofProcess(final Properties properties, final Map<String, String> environment) {
        final boolean dumb = List.of("dumb", "").contains(environment.getOrDefault("TERM", ""));
        final boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(environment.get("TERM"));
        final boolean keyboard = "terminal".equals(properties.getProperty("ringside.in"));
        return new Terminal(
            System.in,
            ResultStream.to(new FileOutputStream(FileDescriptor.out)),
            stream(FileDescriptor.err),
            !plain && "terminal".equals(properties.getProperty("ringside.out")),
            "terminal".equals(properties.getProperty("ringside.err")),
            !environment.getOrDefault("RINGSIDE_DEBUG", "").isEmpty(),
            Math.clamp(number(properties.getProperty("ringside.columns", "")), LEAST_COLUMNS, MOST_COLUMNS),
            !dumb && keyboard && "terminal".equals(properties.getProperty("ringside.out")),
            keyboard);
    }

    private static int number(final String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static PrintStream stream(final FileDescriptor descriptor) {
        final FileOutputStream raw = new FileOutputStream(descriptor);
        return new PrintStream(new BufferedOutputStream(raw, BUFFER_BYTES), true, StandardCharsets.UTF_8);
    }
}
