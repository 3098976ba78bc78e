package ringside.toolchain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileImageTest {
    private static final int FIRST_LOAD = Elf.HEADER_SIZE + Elf.PROGRAM_HEADER_SIZE;

    private final byte[] bytes = Fixture.image();
    private final ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    @TempDir
    private Path directory;

    @Test
    void filesThatAreNoneAreRefused() throws IOException {
        final Path empty = Files.createFile(directory.resolve("empty"));
        assertEquals(empty + ": ELF header: the file is empty", refusedFile(empty));
        assertEquals(directory + ": file: this is a directory", refusedFile(directory));
        final Path missing = directory.resolve("missing");
        assertEquals(missing + ": file: there is no such file", refusedFile(missing));
        final Path text = Files.writeString(directory.resolve("text"), "#!/bin/sh\necho hello\n");
        assertEquals(text + ": ELF header: this is no ELF file", refusedFile(text));
        final Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertEquals("/dev/zero: file: this is not a regular file", refusedFile(device));
        }
        final Path huge = Files.write(directory.resolve("huge"), bytes);
        try (FileChannel channel = FileChannel.open(huge,
                StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), Elf.MAX_FILE);
        }
        assertEquals(huge + ": file: is larger than 268435456 bytes", refusedFile(huge));
    }

    @Test
    void headersOfOtherMachinesAreRefused() {
        patch(4, 1, "x: ELF header: a 32-bit file, but not for i386: machine=62");
        patch(4, 3, "x: ELF header: the file is for machines of an unknown width: class=3");
        patch(5, 2, "x: ELF header: the most significant byte comes first: data=2");
        patch(6, 9, "x: ELF header: unknown version: version=9");
        patch(16, 1, "x: ELF header: the file is not a linked executable: type=1");
        patch(18, 40, "x: ELF header: the file is not for x86-64: machine=40");
        patch(54, 55, "x: program headers: have an unknown size: bytes=55");
        patch(58, 65, "x: section headers: have an unknown size: bytes=65");
        patch(56, 0, "x: program headers: there is nothing to load");
    }

    private void patch(final int offset, final int value, final String message) {
        final byte old = bytes[offset];
        bytes[offset] = (byte) value;
        assertEquals(message, refused());
        bytes[offset] = old;
    }

    @Test
    void segmentsStayInTheFileAndInMemory() {
        file.putLong(FIRST_LOAD + 8, 0xffff_ffff_ffff_fff0L);
        assertTrue(refused().startsWith("x: program header 1: lies outside of the file: offset=0xfffffffffffffff0"));
        file.putLong(FIRST_LOAD + 8, 0x1000);
        file.putLong(FIRST_LOAD + 32, Long.MAX_VALUE);
        assertTrue(refused().startsWith("x: program header 1: lies outside of the file"));
        file.putLong(FIRST_LOAD + 32, 3);
        file.putLong(FIRST_LOAD + 40, 2);
        assertEquals("x: program header 1: is shorter in memory than in the file: memory=0x2, file=0x3", refused());
        file.putLong(FIRST_LOAD + 40, -1);
        assertTrue(refused().startsWith("x: program header 1: runs over the end of memory"));
        file.putLong(FIRST_LOAD + 40, 0x1001);
        assertEquals("x: program headers: segments overlap in physical memory: 0x100000+0x1001 and 0x101000",
                refused());
        file.putLong(FIRST_LOAD + 24, 0x20_0000);
        assertEquals("x: PVH note: its entry is in no segment: address=0x100000", refused());
    }

    @Test
    void symbolTableIsRightOrTheImageIsRefused() {
        final int symtab = sectionHeader(Elf.SHT_SYMTAB);
        final int offset = (int) file.getLong(symtab + 24);
        final int size = (int) file.getLong(symtab + 32);
        file.putLong(symtab + 32, size - 1);
        assertTrue(refused().startsWith("x: symbol table: holds no whole number of symbols"), refused());
        file.putLong(symtab + 32, size);
        file.putInt(symtab + 40, 1);
        assertEquals("x: symbol table: its names are in no section of names: index=1", refused());
        file.putInt(symtab + 40, 0x7fff_ffff);
        assertTrue(refused().startsWith("x: symbol table: its names are in no section"));
        final byte[] good = Fixture.image();
        ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).putInt(offset + Elf.SYMBOL_SIZE, 0x0fff_ffff);
        assertEquals("x: symbol names: a name starts outside of it: offset=0xfffffff",
                assertThrows(ImageException.class, () -> GuestImage.parse("x", good)).getMessage());
    }

    @Test
    void manySymbolsThatShareOneLongNameAreRefused() {
        final int symbols = 10_000;
        final ByteWriter out = new ByteWriter();
        out.bytes(Arrays.copyOf(bytes, Elf.HEADER_SIZE)).u32(Elf.PT_LOAD).u32(4).u64(0).u64(0).u64(0).u64(1).u64(1)
                .u64(0);
        final int table = out.size();
        for (int i = 0; i < symbols; i++) {
            out.u32(1).u32(0x0001_0000).u64(i).u64(0);
        }
        final int names = out.size();
        out.u8(0).text("x".repeat(4000));
        final int end = out.size();
        out.fillTo(end + Elf.SECTION_HEADER_SIZE, 0);
        out.u32(0).u32(Elf.SHT_SYMTAB).u64(0).u64(0).u64(table).u64(names - table).u32(2).u32(0).u64(8).u64(24);
        out.u32(0).u32(Elf.SHT_STRTAB).u64(0).u64(0).u64(names).u64(end - names).u32(0).u32(0).u64(1).u64(0);
        final byte[] bomb = out.toArray();
        ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).putLong(40, end)
                .putShort(56, (short) 1).putShort(60, (short) 3).putShort(62, (short) 0);
        assertEquals("x: symbol table: its names are too long",
                assertThrows(ImageException.class, () -> GuestImage.parse("x", bomb)).getMessage());
    }

    @Test
    void probesNameRegistersThatThereAre() {
        for (final String[] wrong : new String[][] {
            {"probe$tick$rdi$rsi$2", "probe$tick$rdi$rsx$2"}, {"probe$tick$rdi$rsi$2", "probe$tick$rdi$rsi$x"},
            {"probe$tick$rdi$rsi$2", "probe$$ick$rdi$rsi$2"}, {"probe$phase_entry$1", "probe$phase_entry_1"}}) {
            final byte[] changed = Fixture.image();
            replace(changed, wrong[0], wrong[1]);
            final String message =
                    assertThrows(ImageException.class, () -> GuestImage.parse("x", changed)).getMessage();
            assertTrue(message.startsWith("x: symbol table: a probe "), message);
            assertTrue(message.endsWith("name=" + wrong[1]), message);
        }
    }

    @Test
    void brokenLinesAreNoObstacle() {
        final int line = indexOf(bytes, "boot/entry.asm\0\0\0\0include/macros.inc") - 29;
        file.putShort(line + 4, (short) 9);
        final GuestImage image = GuestImage.parse("x", bytes);
        assertTrue(image.lines().rows().isEmpty());
        assertEquals(".debug_line: unknown version: version=9", image.lines().problem().orElseThrow());
        assertFalse(image.symbols().all().isEmpty());
    }

    @Test
    void strippedFileIsAnImageWithoutNames() {
        file.putLong(40, 0);
        final GuestImage image = GuestImage.parse("x", bytes);
        assertTrue(image.symbols().all().isEmpty());
        assertEquals("there is no .debug_line", image.lines().problem().orElseThrow());
        assertEquals("0x100000", image.symbols().format(0x100000));
        assertThrows(IllegalArgumentException.class, () -> image.memory(0x100000, 0x2000));
        assertThrows(IllegalArgumentException.class, () -> image.memory(0x100000, -1));
    }

    @Test
    void everyTruncationIsRefusedOrHarmless() {
        for (int length = 0; length < bytes.length; length++) {
            probe(Arrays.copyOf(bytes, length));
        }
        assertThrows(ImageException.class, () -> GuestImage.parse("x", Arrays.copyOf(bytes, 0x1000)));
    }

    @Test
    void randomDamageIsRefusedOrHarmless() {
        final Random random = new Random(20_000);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = bytes.clone();
            if (random.nextInt(8) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            final int changes = 1 + random.nextInt(8);
            for (int i = 0; i < changes && damaged.length > 0; i++) {
                damaged[place(random, damaged.length)] = (byte) edge(random);
            }
            refused += probe(damaged) ? 0 : 1;
        }
        final int most = refused;
        assertTrue(most > 2_000 && most < 18_000, () -> "damage reaches what is checked and what is not: " + most);
    }

    /** Headers, symbols and lines are small among the padding; aim at them. */
    private int place(final Random random, final int length) {
        final int at = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(400);
            case 1 -> length - 1 - random.nextInt(Math.min(length, 1000));
            case 2 -> 0x4000 + random.nextInt(bytes.length - 0x4000);
            default -> random.nextInt(length);
        };
        return Math.floorMod(at, length);
    }

    private static int edge(final Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0xff;
            case 1 -> 0;
            case 2 -> 0x80;
            default -> random.nextInt(256);
        };
    }

    /** Uses everything an image offers; what it holds is bounded by the size of its file. */
    private static boolean probe(final byte[] damaged) {
        final GuestImage image;
        try {
            image = GuestImage.parse("x", damaged);
        } catch (final ImageException refused) {
            assertTrue(refused.getMessage().startsWith("x: "), refused.getMessage());
            return false;
        }
        assertTrue(image.symbols().all().size() <= damaged.length / Elf.SYMBOL_SIZE);
        assertTrue(image.lines().rows().size() <= damaged.length);
        assertTrue(image.probes().size() <= image.symbols().all().size());
        for (final ImageSegment segment : image.segments()) {
            image.symbols().format(segment.virtual() + 1);
            image.lines().at(segment.virtual());
            assertEquals(1, image.memory(segment.virtual() + segment.memorySize() - 1, 1).length);
        }
        return true;
    }

    private int sectionHeader(final int type) {
        final int table = (int) file.getLong(40);
        for (int i = 0; i < file.getShort(60); i++) {
            if (file.getInt(table + i * Elf.SECTION_HEADER_SIZE + 4) == type) {
                return table + i * Elf.SECTION_HEADER_SIZE;
            }
        }
        throw new AssertionError("no section of type " + type);
    }

    private static void replace(final byte[] bytes, final String old, final String text) {
        final byte[] put = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(put, 0, bytes, indexOf(bytes, old), put.length);
    }

    private static int indexOf(final byte[] bytes, final String text) {
        final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertTrue(at >= 0, text);
        return at;
    }

    private String refused() {
        return assertThrows(ImageException.class, () -> GuestImage.parse("x", bytes)).getMessage();
    }

    private static String refusedFile(final Path path) {
        return assertThrows(ImageException.class, () -> GuestImage.read(path)).getMessage();
    }
}
