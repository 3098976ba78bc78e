package ringside.emulator.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    @Test
    void whatStandsInTheWayIsToldInAdvanceAndNothingIsLeft() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "an older one");
        final Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertEquals(Optional.of("it is a directory"), WholeFile.obstacle(directory));
        assertEquals(Optional.of("it is not a regular file"), WholeFile.obstacle(Path.of("/dev/null")));
        assertEquals(Optional.of("no such directory"), WholeFile.obstacle(directory.resolve("no/where")));
        assertEquals(Optional.of("its parent is not a directory"), WholeFile.obstacle(file.resolve("below")));
        assertEquals(Optional.of("file name too long"), WholeFile.obstacle(directory.resolve("x".repeat(255))));
        assertNotEquals(Optional.empty(), WholeFile.obstacle(Path.of("/proc/none")));
        for (final Path fine : List.of(file, link, directory.resolve("new"))) {
            assertEquals(Optional.empty(), WholeFile.obstacle(fine));
        }
        assertEquals("an older one", Files.readString(file));
        assertEquals(Set.of(file, link), Set.copyOf(files()));
    }

    @Test
    void aHostThatDoesNotTakeItIsQuotedWithoutNamesOfItsOwnAndWhatWasThereStays() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "an older one");
        final String beside = directory.resolve(".file.1.part").toString();

        assertUnwritten(file, "no space left on device", new IOException("No space left on device"));
        assertUnwritten(file, "disk quota exceeded", new FileSystemException(beside, null, "Disk quota exceeded"));
        assertUnwritten(file, "permission denied", new AccessDeniedException(beside));
        assertUnwritten(file, "no such directory", new NoSuchFileException(beside));
        assertUnwritten(file, "the file system does not say why", new ClosedByInterruptException());

        assertEquals("an older one", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    private static void assertUnwritten(final Path file, final String reason, final IOException failure) {
        assertEquals(file + ": cannot be written: " + reason, assertThrows(UnwrittenFileException.class,
                () -> WholeFile.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw failure;
                })).getMessage());
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
