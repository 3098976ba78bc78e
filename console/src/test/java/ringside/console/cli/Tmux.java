package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real terminal of a program: keys go in, its screen is looked at. When it ends its exit code is on the screen. */
final class Tmux implements AutoCloseable {
    /** How often the screen is looked at before what is waited for is taken not to come; a tenth of a second apart. */
    private static final int LOOKS = 600;

    /** Each has a server of its own: one that ends still holds its socket for a moment. */
    private static final AtomicInteger SERVERS = new AtomicInteger();

    private final Path socket;

    private Tmux(final Path socket) {
        this.socket = socket;
    }

    static boolean isHere() {
        return Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "tmux")));
    }

    /** Starts a program in a terminal of 80 by 24. */
    static Tmux start(final Path directory, final String environment, final List<String> command) {
        try {
            final Path script = Files.writeString(directory.resolve("start.sh"),
                // The key that interrupts the program is not for the shell that tells of its end.
                "trap : INT\n" + environment + " "
                + command.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "))
                + "\necho \"exit code $?\"\nexec cat >/dev/null\n");
            final Tmux tmux = new Tmux(directory.resolve("tmux" + SERVERS.incrementAndGet()));
            tmux.tmux("new-session", "-d", "-x", "80", "-y", "24", "-s", "test", "exec sh " + script);
            return tmux;
        } catch (final IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Presses keys, as tmux names them. */
    void keys(final String... keys) {
        tmux(Stream.concat(Stream.of("send-keys", "-t", "test"), Stream.of(keys)).toArray(String[]::new));
    }

    /** Types a text and the end of the line. */
    void line(final String text) {
        tmux("send-keys", "-t", "test", "-l", text);
        keys("Enter");
    }

    void resize(final int columns, final int rows) {
        tmux("resize-window", "-t", "test", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    /** {@return the lines of the screen} */
    List<String> screen() {
        final String text = tmux("capture-pane", "-p", "-t", "test");
        return List.of(text.split("\n", -1));
    }

    /** Waits until the screen is as wanted, and {@return it}. */
    List<String> until(final String what, final Predicate<List<String>> wanted) {
        return until(what, wanted, () -> { });
    }

    /** Waits until the screen is as wanted, doing something each time when it is not. */
    List<String> until(final String what, final Predicate<List<String>> wanted, final Runnable meanwhile) {
        List<String> screen = List.of();
        for (int i = 0; i < LOOKS; i++) {
            screen = screen();
            if (wanted.test(screen)) {
                return screen;
            }
            meanwhile.run();
            run(List.of("sleep", "0.1"));
        }
        return fail(what + " does not come; the screen:\n" + String.join("\n", screen));
    }

    /** Waits until a line of the screen is like this, blanks behind it aside. */
    List<String> until(final String regex) {
        return until(regex, screen -> screen.stream().anyMatch(line -> line.stripTrailing().matches(regex)));
    }

    private String tmux(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString(), "-f", "/dev/null"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(final List<String> command) {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), () -> command + ": " + text);
            return text;
        } catch (final IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        tmux("kill-server");
    }
}
