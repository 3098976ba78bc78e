package ringside.emulator.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private Path directory;

    /** A process that says when it is in the middle of writing a file, and waits there. */
    static final class WaitsInTheMiddle {
        private WaitsInTheMiddle() {
        }

        public static void main(final String[] arguments) throws IOException {
            WholeFile.write(Path.of(arguments[0]), out -> {
                out.write(new byte[1 << 20]);
                System.out.write('.');
                System.out.flush();
                new Semaphore(0).acquireUninterruptibly();
            });
        }
    }

    @Test
    void aProcessThatIsToldToEndWhileItWritesLeavesNothingBeside()
            throws IOException, InterruptedException, URISyntaxException {
        final Path file = Files.writeString(directory.resolve("file"), "an older one");
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", place(WholeFile.class) + File.pathSeparator + place(WaitsInTheMiddle.class),
                WaitsInTheMiddle.class.getName(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertEquals('.', process.getInputStream().read());
        assertEquals(2, files().size());

        process.destroy();

        assertEquals(ENDED_BY_SIGTERM, process.waitFor());
        assertEquals(List.of(file), files());
        assertEquals("an older one", Files.readString(file));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> there = Files.list(directory)) {
            return there.toList();
        }
    }

    private static Path place(final Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
