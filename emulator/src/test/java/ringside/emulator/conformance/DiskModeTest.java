package ringside.emulator.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.device.virtio.DiskImageException;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;

/** A guest that writes to its disk, over a file that may be written, may not, or is left as it is. */
class DiskModeTest {
    private static final String WRITER = "disk_reads_what_a_modern_driver_wrote";

    @TempDir
    private Path directory;

    private Path image() throws IOException {
        return Files.write(directory.resolve("disk.img"), Suite.disk());
    }

    private static String run(final Path path, final DiskImage.Mode mode) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final MachineConfig config = MachineConfig.standard().withSerial(serial::write)
                .withDisks(List.of(new DiskImage(path, mode))).withCommandLine("run=" + WRITER);
        try (Machine machine = Machine.boot(config, Suite.get().image())) {
            machine.run(Budget.steps(50_000_000));
        }
        return Transcript.of(serial.toString(StandardCharsets.ISO_8859_1)).texts().get(WRITER);
    }

    @Test
    void whatTheGuestWritesIsInTheFile() throws IOException {
        final Path path = image();
        final String first = run(path, DiskImage.Mode.WRITE_THROUGH);
        assertTrue(first.contains("write=0x0\n"), first);
        assertEquals(0xEF, Files.readAllBytes(path)[10 * 512] & 0xFF);
        assertEquals(first, run(path, DiskImage.Mode.WRITE_THROUGH));
    }

    @Test
    void overlayLeavesTheFileAndTheGuestCannotTell() throws IOException {
        final Path path = image();
        final String kept = run(path, DiskImage.Mode.OVERLAY);
        assertArrayEquals(Suite.disk(), Files.readAllBytes(path));
        assertEquals(run(path, DiskImage.Mode.WRITE_THROUGH), kept);
    }

    @Test
    void readOnlyFileRefusesTheGuest() throws IOException {
        final Path path = image();
        final String refused = run(path, DiskImage.Mode.READ_ONLY);
        assertTrue(refused.contains("write=0x1\n") && refused.contains("first=0xa0a0a0a0a0a0a0a\n"), refused);
        assertArrayEquals(Suite.disk(), Files.readAllBytes(path));
    }

    @Test
    void fileThatIsNoDiskIsRefusedBeforeAnythingRuns() throws IOException {
        final Path path = Files.write(directory.resolve("short.img"), new byte[100]);
        final MachineConfig config = MachineConfig.standard()
                .withDisks(List.of(new DiskImage(image(), DiskImage.Mode.WRITE_THROUGH),
                        new DiskImage(path, DiskImage.Mode.OVERLAY)));
        assertTrue(assertThrows(DiskImageException.class, () -> Machine.boot(config, Suite.get().image()))
                .getMessage().startsWith(path + ": size: "));
        run(directory.resolve("disk.img"), DiskImage.Mode.WRITE_THROUGH);
    }
}
