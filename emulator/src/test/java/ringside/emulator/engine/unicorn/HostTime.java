package ringside.emulator.engine.unicorn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The host's time that a thread had a processor for, which other programs on a busy host do not add to. */
final class HostTime {
    private static final Path SCHEDULER = Path.of("/proc/thread-self/schedstat");

    private HostTime() {
    }

    /** {@return nanoseconds} Linux tells them, exact at the moment of asking. */
    static long ofThisThread() {
        try {
            final String text = Files.readString(SCHEDULER);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (final IOException e) {
            throw new UncheckedIOException("the benchmark needs " + SCHEDULER, e);
        }
    }
}
