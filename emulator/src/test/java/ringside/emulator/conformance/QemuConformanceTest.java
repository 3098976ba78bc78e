package ringside.emulator.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** QEMU runs the same image, all programs in one boot, and prints the same. */
class QemuConformanceTest {
    private static final String QEMU = "qemu-system-x86_64";
    private static final long SECONDS = 120;
    /** What QEMU exits with when a guest writes 0 to its debug exit. */
    private static final int DONE = 1;
    /** A CPU that the host does not let run in time is said to be lost; a CPU that is lost is so in every boot. */
    private static final int BOOTS = 3;
    private static final String EXIT = "exit ";

    @TempDir
    private Path directory;

    private Transcript boot(final String request, final int status) throws Exception {
        final Path image = Files.write(directory.resolve("suite.elf"), Suite.get().image().bytes());
        final Path disk = Files.write(directory.resolve("disk.img"), Suite.disk());
        final Path text = directory.resolve("serial.txt");
        final Path words = directory.resolve("words.txt");
        final Process process = new ProcessBuilder(QEMU, "-M", "q35", "-accel", "tcg", "-cpu", "max", "-m", "64",
                "-smp", "4", "-display", "none", "-nodefaults", "-serial", "stdio", "-no-reboot",
                "-device", "isa-debug-exit,iobase=0xf4,iosize=4",
                "-drive", "if=none,id=disk,format=raw,file=" + disk, "-device", "virtio-blk-pci,drive=disk",
                "-kernel", image.toString(), "-append", "run=" + request)
                .redirectError(words.toFile()).redirectOutput(text.toFile()).start();
        final boolean ended;
        try {
            ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
        final String serial = Files.readString(text, StandardCharsets.ISO_8859_1);
        final String said = Files.readString(words) + serial;
        assertTrue(ended, () -> "QEMU does not end: " + said);
        assertEquals(status, process.exitValue(), said);
        return Transcript.of(serial);
    }

    @Test
    void qemuPrintsTheGoldenResults() throws Exception {
        Referee.assumePresent(QEMU);
        for (int left = BOOTS - 1; !judged(left); left--) {
            System.out.println("QEMU's CPUs are threads of this host, which was busy: once more");
        }
        assertArrayEquals(Suite.diskAfterAll(), Files.readAllBytes(directory.resolve("disk.img")));
    }

    /** {@return whether one boot printed the golden results; with none left, a boot that did not is a failure} */
    private boolean judged(final int left) throws Exception {
        final Transcript transcript = boot("qemu", DONE);
        try {
            Referee.judge("qemu", Referee.batch("qemu"), transcript);
            return true;
        } catch (final AssertionError failure) {
            if (left == 0) {
                throw failure;
            }
            return false;
        }
    }

    @TestFactory
    Stream<DynamicTest> qemuEndsWhereAProgramEndsItsMachine() {
        Referee.assumePresent(QEMU);
        return Suite.get().programs().stream().filter(program -> program.ends() && !program.hangs("qemu"))
                .map(program -> DynamicTest.dynamicTest(program.path(), () -> Referee.judge("qemu", List.of(program),
                        boot(program.name(), statusAfter(program.fields().get("ends"))))));
    }

    // A reset, and so a triple fault, ends QEMU where it must not reboot; the debug exit of v is 2v + 1.
    private static int statusAfter(final String end) {
        return end.startsWith(EXIT) ? 2 * Integer.parseInt(end.substring(EXIT.length())) + 1 : 0;
    }
}
