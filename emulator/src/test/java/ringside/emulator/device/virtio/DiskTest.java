package ringside.emulator.device.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.pages.PageMap;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** Disk images: a file is what the guest wrote, and a file that cannot be a disk is refused by name and reason. */
class DiskTest {
    private static final int SECTORS = 37;

    @TempDir
    private Path directory;

    private Path image() throws IOException {
        final byte[] bytes = new byte[SECTORS * 512];
        new Random(1).nextBytes(bytes);
        return Files.write(directory.resolve("disk.img"), bytes);
    }

    private static byte[] filled(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] read(final BlockBackend disk, final long sector, final int length) throws IOException {
        final byte[] bytes = new byte[length];
        disk.read(sector, bytes, length);
        return bytes;
    }

    private static byte[] saved(final BlockBackend disk) {
        final StateWriter out = new StateWriter();
        disk.save(out);
        return out.toBytes();
    }

    @Test
    void whatIsWrittenIsInTheFile() throws IOException {
        final Path path = image();
        final byte[] expected = Files.readAllBytes(path);
        try (FileDisk disk = FileDisk.open(path, false)) {
            assertEquals(SECTORS, disk.sectors());
            assertArrayEquals(Arrays.copyOfRange(expected, 36 * 512, 37 * 512), read(disk, 36, 512));
            disk.write(35, filled(1024, 0x5A), 1024);
            disk.flush();
            Arrays.fill(expected, 35 * 512, 37 * 512, (byte) 0x5A);
            assertArrayEquals(expected, Files.readAllBytes(path), "before it is closed");
            assertFalse(disk.restorable(), "it cannot go back");
        }
        assertArrayEquals(expected, Files.readAllBytes(path));
    }

    @Test
    void readOnlyFileIsNotWritten() throws IOException {
        final Path path = image();
        try (FileDisk disk = FileDisk.open(path, true)) {
            assertTrue(disk.readOnly());
            assertTrue(disk.restorable());
            assertThrows(Exception.class, () -> disk.write(0, new byte[512], 512));
            disk.flush();
        }
    }

    @Test
    void oneMachineWritesAFile() throws IOException {
        final Path path = image();
        try (FileDisk first = FileDisk.open(path, false)) {
            assertEquals(SECTORS, first.sectors());
            assertEquals(path + ": file: another machine has it open",
                    assertThrows(DiskImageException.class, () -> FileDisk.open(path, true)).getMessage());
        }
        FileDisk.open(path, false).close();
    }

    @Test
    void anyNumberOfMachinesReadAFile() throws IOException {
        final Path path = image();
        try (FileDisk first = FileDisk.open(path, true); FileDisk second = FileDisk.open(path, true)) {
            assertArrayEquals(read(first, 3, 512), read(second, 3, 512));
        }
    }

    @Test
    void modeSaysWhatBecomesOfWriting() throws IOException {
        final Path path = image();
        final byte[] before = Files.readAllBytes(path);
        final String identity = new DiskImage(path, DiskImage.Mode.OVERLAY).identity();
        assertTrue(identity.matches(SECTORS * 512 + " [0-9a-f]{64}"), identity);
        try (BlockBackend disk = new DiskImage(path, DiskImage.Mode.OVERLAY).open()) {
            disk.write(0, filled(512, 1), 512);
            assertTrue(disk.restorable() && !disk.readOnly());
        }
        try (BlockBackend disk = new DiskImage(path, DiskImage.Mode.READ_ONLY).open()) {
            assertTrue(disk.readOnly());
        }
        assertArrayEquals(before, Files.readAllBytes(path));
        assertEquals(identity, new DiskImage(path, DiskImage.Mode.READ_ONLY).identity());
        try (BlockBackend disk = new DiskImage(path, DiskImage.Mode.WRITE_THROUGH).open()) {
            disk.write(0, filled(512, 1), 512);
        }
        assertEquals(1, Files.readAllBytes(path)[0]);
        assertFalse(identity.equals(new DiskImage(path, DiskImage.Mode.READ_ONLY).identity()));
    }

    @Test
    void fileThatCannotBeADiskIsRefused() throws IOException {
        refused(directory.resolve("none.img"), "file: there is none");
        refused(directory, "file: a disk image is a regular file");
        refused(Files.createFile(directory.resolve("empty.img")),
                "size: a disk image is 1 to 2147483648 sectors of 512 bytes: bytes=0");
        refused(Files.write(directory.resolve("odd.img"), new byte[513]),
                "size: a disk image is 1 to 2147483648 sectors of 512 bytes: bytes=513");
    }

    private static void refused(final Path path, final String reason) {
        assertEquals(path + ": " + reason,
                assertThrows(DiskImageException.class, () -> FileDisk.open(path, false)).getMessage());
    }

    @Test
    void fileThatBecomesShorterIsAnError() throws IOException {
        final Path path = image();
        try (FileDisk disk = FileDisk.open(path, true)) {
            Files.write(path, new byte[512]);
            assertThrows(IOException.class, () -> disk.read(2, new byte[512], 512));
        }
    }

    @Test
    void overlayIsLikeADiskOfItsOwn() throws IOException {
        final Path path = image();
        final byte[] below = Files.readAllBytes(path);
        final byte[] model = below.clone();
        final Random random = new Random(2);
        try (FileDisk file = FileDisk.open(path, true)) {
            final OverlayDisk overlay = new OverlayDisk(file, 1 << 20);
            for (int i = 0; i < 300; i++) {
                final int sector = random.nextInt(SECTORS);
                final int length = (1 + random.nextInt(SECTORS - sector)) * 512;
                if (random.nextInt(4) == 0) {
                    final byte[] bytes = new byte[length];
                    random.nextBytes(bytes);
                    overlay.write(sector, bytes, length);
                    System.arraycopy(bytes, 0, model, sector * 512, length);
                } else {
                    assertArrayEquals(Arrays.copyOfRange(model, sector * 512, sector * 512 + length),
                            read(overlay, sector, length));
                }
            }
            final OverlayDisk other = new OverlayDisk(file, 1 << 20);
            assertTrue(other.restorable());
            other.load(new StateReader(saved(overlay)));
            other.load(overlay.pages());
            assertArrayEquals(model, read(other, 0, model.length));
            assertArrayEquals(saved(overlay), saved(other));
            assertEquals(overlay.pages().hash(), other.pages().hash());
        }
        assertArrayEquals(below, Files.readAllBytes(path), "the file is as it was");
    }

    @Test
    void overlayIsBounded() throws IOException {
        final OverlayDisk overlay = new OverlayDisk(new MemoryDisk(new byte[64 * 512]), 2 * 4096);
        overlay.write(0, filled(512, 1), 512);
        overlay.write(8, filled(512, 1), 512);
        assertEquals(8192, overlay.changedBytes());
        assertThrows(IOException.class, () -> overlay.write(16, filled(512, 1), 512));
        overlay.write(1, filled(512, 1), 512);
    }

    @Test
    void memoryDiskIsItsPagesWhicheverWayTheyCame() throws IOException {
        final byte[] content = Files.readAllBytes(image());
        final MemoryDisk disk = new MemoryDisk(content);
        final MemoryDisk other = new MemoryDisk(new byte[content.length]);
        other.load(new StateReader(saved(disk)));
        other.load(disk.pages());
        assertArrayEquals(content, other.content());
        other.write(3, new byte[20 * 512], 20 * 512);
        other.pages();
        other.write(3, Arrays.copyOfRange(content, 3 * 512, 23 * 512), 20 * 512);
        assertEquals(disk.pages().hash(), other.pages().hash());
        assertEquals(0, new MemoryDisk(new byte[content.length]).pages().used(), "zeros take nothing");
    }

    @Test
    void overlayRemembersThatZerosWereWritten() throws IOException {
        try (FileDisk file = FileDisk.open(image(), true)) {
            final OverlayDisk overlay = new OverlayDisk(file, 1 << 20);
            overlay.write(0, new byte[SECTORS * 512], SECTORS * 512);
            final OverlayDisk other = new OverlayDisk(file, 1 << 20);
            other.load(overlay.pages());
            assertArrayEquals(new byte[SECTORS * 512], read(other, 0, SECTORS * 512));
            assertEquals(5 * 4096, other.changedBytes());
        }
    }

    @Test
    void nonsenseIsRefusedAsADisksState() throws IOException {
        final OverlayDisk overlay = new OverlayDisk(new MemoryDisk(new byte[64 * 512]), 4096);
        final OverlayDisk larger = new OverlayDisk(new MemoryDisk(new byte[64 * 512]), 1 << 20);
        larger.write(0, filled(1024 * 5, 1), 1024 * 5);
        refused(overlay, larger.pages(), "pages: an overlay keeps 1 blocks: pages=2");
        refused(overlay, new MemoryDisk(new byte[9 * 512]).pages(), "pages: of another size: bytes=8192 here=32768");
        larger.write(0, new byte[4096], 4096);
        refused(new MemoryDisk(new byte[64 * 512]), larger.pages(), "pages: a page of zeros is none here");
        refused(new MemoryDisk(new byte[63 * 512]), new MemoryDisk(filled(64 * 512, 1)).pages(),
                "pages: something is behind the last byte: bytes=32256");
        try (FileDisk file = FileDisk.open(image(), true)) {
            refused(file, larger.pages(), "pages: there are none in this part: bytes=32768");
        }
        final byte[] state = saved(overlay);
        final Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            final byte[] damaged = Arrays.copyOf(state, random.nextInt(4) == 0 ? random.nextInt(state.length)
                    : state.length);
            for (int k = random.nextInt(4); k > 0 && damaged.length > 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                overlay.load(new StateReader(damaged));
            } catch (final StateException e) {
                continue;
            }
            assertArrayEquals(state, damaged);
        }
    }

    private static void refused(final BlockBackend disk, final PageMap pages, final String reason) {
        assertEquals(reason, assertThrows(StateException.class, () -> disk.load(pages)).getMessage());
    }
}
