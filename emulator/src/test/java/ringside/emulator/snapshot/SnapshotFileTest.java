package ringside.emulator.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.pages.Hashes;
import ringside.emulator.pages.PageMap;
import ringside.emulator.pages.SharedPages;
import ringside.emulator.state.UnwrittenFileException;

class SnapshotFileTest {
    private static final int PAGES = 1200;
    private static final long MOST = 64L << 20;
    private static final int HEADER = 12;
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int MUTANTS = 6000 * FACTOR;

    @TempDir
    private Path directory;

    private static Snapshot sample() {
        final byte[] ram = new byte[PAGES * GuestRam.PAGE];
        final Random random = new Random(7);
        for (int page = 0; page < PAGES; page += 1 + random.nextInt(3)) {
            if (page % 4 == 0) {
                Arrays.fill(ram, page * GuestRam.PAGE, (page + 1) * GuestRam.PAGE, (byte) (1 + page % 5));
            } else {
                final byte[] noise = new byte[64];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, ram, page * GuestRam.PAGE, noise.length);
            }
        }
        return new Snapshot("ab".repeat(32), "memory=4915200 cpus=1", 123, 456, pages(ram.length, false, 0, ram),
                List.of(new StatePart("cpu 0", new byte[] {1, 2, 3}, true),
                        new StatePart("disk 0", new byte[] {4}, true, disk(ram)),
                        new StatePart("input", new byte[9], false)));
    }

    /** 3 GiB; one page of RAM's, twice, one of its own, and one of zeros. */
    private static PageMap disk(final byte[] ram) {
        final PageMap.Editor disk = new PageMap.Editor(pages(3L << 30, true, (3L << 30) - 1, new byte[1]));
        final PageMap one = pages(GuestRam.PAGE, false, 0, Arrays.copyOf(ram, GuestRam.PAGE));
        disk.set(5, one.page(0));
        disk.set(1 << 18, one.page(0));
        disk.set(1 << 19, pages(GuestRam.PAGE, false, 0, "disk".getBytes(StandardCharsets.US_ASCII)).page(0));
        return disk.done();
    }

    private static PageMap pages(final long size, final boolean keepsZeros, final long at, final byte[] content) {
        final SharedPages pages = new SharedPages(size, keepsZeros);
        try {
            pages.write(at, content, content.length, number -> new byte[GuestRam.PAGE]);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return pages.take();
    }

    private byte[] bytes(final Snapshot snapshot) throws IOException {
        final Path file = directory.resolve("machine.snapshot");
        SnapshotFile.write(snapshot, file);
        return Files.readAllBytes(file);
    }

    private static Snapshot parse(final byte[] bytes) throws IOException {
        return SnapshotFile.read("f", new ByteArrayInputStream(bytes), MOST, 1);
    }

    private static String refusal(final byte[] bytes) {
        return assertThrows(SnapshotException.class, () -> parse(bytes)).getMessage();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        final Snapshot before = sample();
        final Path file = directory.resolve("machine.snapshot");
        Files.writeString(file, "an older one");

        SnapshotFile.write(before, file);
        final Snapshot after = SnapshotFile.read(file, MOST, 1);

        assertEquals(before.hash(), after.hash());
        assertEquals(before.image(), after.image());
        assertEquals(before.make(), after.make());
        assertEquals(before.steps(), after.steps());
        assertEquals(before.cycles(), after.cycles());
        assertEquals(List.of("cpu 0", "disk 0", "input"), after.parts().stream().map(StatePart::name).toList());
        assertArrayEquals(new byte[] {1, 2, 3}, after.part("cpu 0").orElseThrow());
        assertEquals(before.pages("disk 0").orElseThrow().hash(), after.pages("disk 0").orElseThrow().hash());
        assertEquals(4, after.pages("disk 0").orElseThrow().used());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(file), left.toList(), "nothing is left beside the file");
        }
    }

    @Test
    void equalSnapshotsAreEqualFiles() throws IOException {
        assertArrayEquals(bytes(sample()), bytes(sample()));
    }

    @Test
    void equalPagesAreStoredOnceAndZerosNotAtAll() throws IOException {
        final Snapshot read = parse(bytes(sample()));
        assertSame(read.ram().page(0), read.ram().page(20), "pages of the same bytes are one");
        final PageMap disk = read.pages("disk 0").orElseThrow();
        assertSame(read.ram().page(0), disk.page(5), "of a disk's, too");
        assertSame(disk.page(5), disk.page(1 << 18));
        assertTrue(bytes(sample()).length < 100 << 10, "length=" + bytes(sample()).length);
    }

    @Test
    void theStateHashLeavesOutWhatTheGuestCannotNotice() {
        final Snapshot one = sample();
        final Snapshot other = new Snapshot(one.image(), "another make", 1, 2, one.ram(),
                List.of(one.parts().get(0), one.parts().get(1), new StatePart("input", new byte[] {5}, false)));
        final Snapshot different = new Snapshot(one.image(), one.make(), 1, 2, one.ram(),
                List.of(new StatePart("cpu 0", new byte[] {1, 2, 4}, true), one.parts().get(1)));
        final Snapshot otherDisk = new Snapshot(one.image(), one.make(), 1, 2, one.ram(),
                List.of(one.parts().get(0), new StatePart("disk 0", new byte[] {4}, true, PageMap.zeros(3L << 30))));
        assertTrue(!one.hash().equals(otherDisk.hash()));
        assertEquals(one.hash(), other.hash());
        assertTrue(!one.hash().equals(different.hash()));
    }

    @Test
    void aRefusalNamesFilePlaceAndReason() throws IOException {
        final byte[] whole = bytes(sample());
        assertEquals("f: header: the file ends here", refusal(new byte[0]));
        assertEquals("f: header: this is no snapshot", refusal("#!/bin/sh\necho no snapshot".getBytes("US-ASCII")));
        assertEquals("f: header: version 1 of the format, and this program knows 2", refusal(with(whole, 11, 1)));
        assertEquals("f: HEAD: the checksum is wrong", refusal(with(whole, 30, 'x')));
        assertEquals("f: HEAD: another section is here: XEAD", refusal(with(whole, HEADER, 'X')));
        assertTrue(refusal(with(whole, HEADER + 4, 0x7f)).startsWith("f: HEAD: a section of this kind has at most "));
        assertEquals("f: LAST: the file ends here", refusal(Arrays.copyOf(whole, whole.length - 1)));
        assertEquals("f: end: something follows the last section", refusal(Arrays.copyOf(whole, whole.length + 1)));
        final SnapshotException large = assertThrows(SnapshotException.class,
                () -> SnapshotFile.read("f", new ByteArrayInputStream(whole), 1 << 20, 1));
        assertEquals("f: HEAD: RAM is whole pages, at most 1048576 bytes: bytes=4915200", large.getMessage());
    }

    /** A few bytes that say they are much: nothing is taken for them. */
    @Test
    void morePagesThanADiskHasOrMayKeepAreRefused() throws IOException {
        final byte[] whole = bytes(sample());
        final int size = new String(whole, StandardCharsets.ISO_8859_1).indexOf("disk 0") + "disk 0".length() + 1;
        assertEquals(3L << 30, ByteBuffer.wrap(whole).getLong(size));
        for (final long[] nonsense : new long[][] {{3L << 30, -1}, {3L << 30, (512 << 8) + 1}, {-4096, 4},
                {1L << 41, 4}, {(3L << 30) + 1, 4}, {0, 4}, {3 << 12, 4}}) {
            final byte[] changed = whole.clone();
            ByteBuffer.wrap(changed).putLong(size, nonsense[0]).putInt(size + Long.BYTES, (int) nonsense[1]);
            sign(changed);
            assertTrue(refusal(changed).startsWith("f: PART 1: so many pages do not fit: "), refusal(changed));
        }
        final byte[] fewer = whole.clone();
        ByteBuffer.wrap(fewer).putLong(size, 1 << 20);
        sign(fewer);
        assertEquals("f: PMAP: an entry is out of order: page=262144 page stored=0", refusal(fewer));
        final byte[] zeros = whole.clone();
        final SnapshotException none = assertThrows(SnapshotException.class,
                () -> SnapshotFile.read("f", new ByteArrayInputStream(zeros), MOST, 0));
        assertEquals("f: PART 1: more parts with pages than disks: disks=0", none.getMessage());
    }

    @Test
    void aFileThatIsNoneIsRefused() {
        for (final Path file : List.of(directory.resolve("nothing"), directory, Path.of("/dev/null"))) {
            final String message = assertThrows(SnapshotException.class,
                    () -> SnapshotFile.read(file, MOST, 1)).getMessage();
            assertTrue(message.startsWith(file + ": file: "), message);
        }
    }

    @Test
    void whatTheHostDoesNotTakeIsNotBlamedOnTheSnapshot() {
        for (final Path file : List.of(directory, directory.resolve("no/where"))) {
            final String message = assertThrows(UnwrittenFileException.class,
                    () -> SnapshotFile.write(sample(), file)).getMessage();
            assertTrue(message.startsWith(file + ": cannot be written: "), message);
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        final byte[] whole = bytes(sample());
        for (int length = 0; length < whole.length; length += 1 + length / 50) {
            refusal(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void everyChangedBitIsRefused() throws IOException {
        final byte[] whole = bytes(sample());
        final Random random = new Random(3);
        for (int i = 0; i < MUTANTS / 10; i++) {
            final int at = random.nextInt(whole.length);
            refusal(with(whole, at, whole[at] ^ 1 << random.nextInt(8)));
        }
    }

    /** Checksums keep accidents out; behind correct ones stands whoever means harm. */
    @Test
    @Tag("fuzz")
    void aMutantWithCorrectChecksumsIsRefusedOrLoads() throws IOException {
        final byte[] whole = bytes(sample());
        final Random random = new Random(4 + FIRST);
        int loaded = 0;
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            final byte[] mutant = whole.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                final int at = random.nextInt(4) == 0 ? random.nextInt(whole.length)
                        : random.nextInt(2) == 0 ? HEADER + random.nextInt(300)
                        : whole.length - 1 - random.nextInt(2500);
                mutant[at] = random.nextInt(3) == 0 ? (byte) (random.nextBoolean() ? 0xFF : 0)
                        : (byte) (mutant[at] ^ 1 << random.nextInt(8));
            }
            sign(mutant);
            try {
                parse(mutant).hash();
                loaded++;
            } catch (final SnapshotException refusal) {
                assertTrue(refusal.getMessage().startsWith("f: "), refusal.getMessage());
                refused++;
            }
        }
        assertTrue(loaded > MUTANTS / 20 && refused > MUTANTS / 20, "loaded=" + loaded + " refused=" + refused);
    }

    private static byte[] with(final byte[] bytes, final int at, final int value) {
        final byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** Corrects all checksums as far as the sections can be followed. */
    private static void sign(final byte[] file) {
        final ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = HEADER;
        while (at + 8 <= file.length) {
            final int length = bytes.getInt(at + 4);
            if (length < 0 || length > file.length - at - 12) {
                return;
            }
            if (bytes.getInt(at) == SnapshotFormat.LAST && length == Hashes.BYTES) {
                bytes.put(at + 8, Hashes.sha256().digest(Arrays.copyOf(file, at)));
            }
            final CRC32C check = new CRC32C();
            check.update(file, at, 8 + length);
            bytes.putInt(at + 8 + length, (int) check.getValue());
            at += 12 + length;
        }
    }
}
