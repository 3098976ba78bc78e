package ringside.toolchain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multiboot headers are found where the specifications say, and what they ask for is done or refused. */
class MultibootTest {
    private static final int MAGIC_1 = 0x1BAD_B002;
    private static final int MAGIC_2 = 0xE852_50D6;
    private static final int ADDRESSES = 1 << 16;
    private static final int LOAD = 0x10_0000;

    private static ByteBuffer file(final int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] header1(final int size, final int at, final int flags, final int... fields) {
        final ByteBuffer file = file(size).position(at).putInt(MAGIC_1).putInt(flags).putInt(-MAGIC_1 - flags);
        Arrays.stream(fields).forEach(file::putInt);
        return file.array();
    }

    /** A header in front of everything; each row of words is a tag's type, flags and content. */
    private static byte[] header2(final int architecture, final int[]... tags) {
        final ByteBuffer file = file(4096).position(16);
        for (final int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) tag[1]).putInt(tag.length * 4);
            Arrays.stream(tag).skip(2).forEach(file::putInt);
            file.position(file.position() + 7 & -8);
        }
        final int length = file.position();
        return file.putInt(0, MAGIC_2).putInt(4, architecture).putInt(8, length)
                .putInt(12, -(MAGIC_2 + architecture + length)).array();
    }

    private static int[] tag(final int... words) {
        return words;
    }

    private static final int[] LOADED = tag(2, 0, LOAD, LOAD, 0, 0);
    private static final int[] ENTERED = tag(3, 0, LOAD + 8);
    private static final int[] END = tag(0, 0);

    private static String refused(final byte[] file) {
        return assertThrows(ImageException.class, () -> GuestImage.parse("x", file)).getMessage();
    }

    @Test
    void aFlatFileIsLoadedWhereItsHeaderSays() {
        final byte[] file = header1(0x2000, 0x40, ADDRESSES, LOAD + 0x40, LOAD, LOAD + 0x1000, LOAD + 0x5000, LOAD + 4);
        final GuestImage image = GuestImage.parse("x", file);
        assertEquals(ImageFormat.FLAT, image.format());
        assertEquals(List.of(BootProtocol.MULTIBOOT1), image.protocols());
        final BootPlan plan = image.plan(Optional.empty());
        assertEquals(LOAD + 4, plan.entry());
        final ImageSegment segment = plan.segments().getFirst();
        assertEquals(List.of((long) LOAD, 0x5000L, 0x1000L),
                List.of(segment.physical(), segment.memorySize(), segment.content().byteSize()));
        assertTrue(image.symbols().all().isEmpty() && image.lines().problem().isPresent());
    }

    @Test
    void withoutEndsTheWholeFileIsLoaded() {
        final ImageSegment whole = GuestImage.parse("x", header1(0x3001, 0x80, ADDRESSES, LOAD, LOAD, 0, 0, LOAD))
                .segments().getFirst();
        assertEquals(0x3001 - 0x80, whole.memorySize(), "from the header on, which is at the load address");
        final GuestImage second = GuestImage.parse("x", header2(0, tag(2, 0, LOAD, -1, 0, 0), ENTERED, END));
        assertEquals(LOAD, second.segments().getFirst().physical());
        assertEquals(4096, second.segments().getFirst().memorySize());
        assertEquals(LOAD + 8, second.plan(Optional.of(BootProtocol.MULTIBOOT2)).entry());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0x0010fffc | 0x100000 | 0        | 0        | its load address lies before the file or behind the header",
        "0x00101000 | 0x100000 | 0        | 0        | its load address lies before the file or behind the header",
        "0x00100000 | 0x100000 | 0x102001 | 0        | it loads more than the file has",
        "0x00100000 | 0x100000 | 0x0fffff | 0        | it loads more than the file has",
        "0x00100000 | 0x100000 | 0        | 0x101fff | its bss ends before its content or runs over 4 GiB",
        "0xfffff000 | 0xfffff000 | 0      | 0        | its bss ends before its content or runs over 4 GiB",
        "0x00100000 | 0x100000 | 0        | 0        | its entry is in no segment: address=0x4"})
    void addressesThatContradictTheFileAreRefused(
            final String header, final String load, final String loadEnd, final String bssEnd, final String message) {
        final byte[] file = header1(0x2000, 0, ADDRESSES, Long.decode(header).intValue(),
                Long.decode(load).intValue(), Long.decode(loadEnd).intValue(), Long.decode(bssEnd).intValue(), 4);
        assertTrue(refused(file).startsWith("x: multiboot1 header at 0x0: " + message), refused(file));
    }

    @Test
    void headersAreLookedForWhereTheyMayBe() {
        final int[] fields = {LOAD, LOAD, 0, 0, LOAD};
        assertEquals("x: ELF header: this is no ELF file", refused(header1(0x4000, 0x42, ADDRESSES, fields)));
        assertEquals("x: ELF header: this is no ELF file", refused(header1(0x4000, 8192 - 8, ADDRESSES, fields)));
        assertTrue(refused(header1(0x4000, 8192 - 12, ADDRESSES, fields)).contains("ends too early"));
        GuestImage.parse("x", header1(0x4000, 8192 - 32, ADDRESSES, fields));
        final byte[] wrong = header1(0x4000, 0, ADDRESSES, fields);
        wrong[8]++;
        assertEquals("x: ELF header: this is no ELF file", refused(wrong));
        assertEquals("x: multiboot1 header at 0x0: the file is no ELF file, and its header has no addresses",
                refused(header1(0x4000, 0, 0)));
        final byte[] late = new byte[0x9000];
        System.arraycopy(header2(0, LOADED, ENTERED, END), 0, late, 0x7F80, 0x48);
        assertEquals(BootProtocol.MULTIBOOT2, GuestImage.parse("x", late).protocols().getFirst());
        final byte[] odd = new byte[0x9000];
        System.arraycopy(header2(0, LOADED, ENTERED, END), 0, odd, 0x104, 0x48);
        assertEquals("x: ELF header: this is no ELF file", refused(odd));
    }

    @Test
    void whatNoLoaderKnowsIsRefusedAndADisplayIsNotInsistedOn() {
        assertEquals("x: multiboot1 header at 0x0: it requires what no loader knows: flags=0x20",
                refused(header1(0x1000, 0, ADDRESSES | 0x23, LOAD, LOAD, 0, 0, LOAD)));
        GuestImage.parse("x", header1(0x1000, 0, ADDRESSES | 0xFFFE_0007, LOAD, LOAD, 0, 0, LOAD));
    }

    @Test
    void tagsOfMultiboot2AreDoneOrRefusedByName() {
        final String place = "x: multiboot2 header at 0x0: ";
        assertEquals(place + "it requires a framebuffer (framebuffer tag), and there is no display",
                refused(header2(0, LOADED, ENTERED, tag(5, 0, 0, 0, 32), END)));
        assertEquals(place + "it requires a console (console flags tag), and there is no display",
                refused(header2(0, LOADED, ENTERED, tag(4, 0, 3), END)));
        assertEquals(place + "it requires what no loader knows: tag type=77",
                refused(header2(0, LOADED, ENTERED, tag(77, 0), END)));
        assertEquals(place + "it requires information that no loader knows: type=22",
                refused(header2(0, LOADED, ENTERED, tag(1, 0, 4, 22), END)));
        assertEquals(place + "it has an address tag, but no entry address tag", refused(header2(0, LOADED, END)));
        assertEquals(place + "it is not for i386: architecture=4", refused(header2(4, LOADED, ENTERED, END)));
        assertTrue(refused(header2(0, LOADED, ENTERED)).startsWith(place + "ends too early"), "no end tag");
        assertTrue(refused(header2(0, LOADED, tag(3, 0), END)).startsWith(place + "ends too early"), "no address");
        final BootPlan plan = GuestImage.parse("x", header2(0, tag(1, 0, 1, 5, 8, 21), LOADED, tag(4, 0, 2), ENTERED,
                tag(5, 1, 0, 0, 32), tag(6, 0), tag(7, 0), tag(8, 0, 1), tag(9, 0, 1), tag(77, 1),
                tag(10, 0, 0, -1, 4096, 0), END)).plan(Optional.empty());
        assertTrue(plan.movable());
        assertEquals(LOAD + 8, plan.entry());
    }

    @Test
    void aTagThatIsShorterThanItsHeaderIsRefused() {
        final byte[] file = header2(0, LOADED, ENTERED, END);
        file[16 + 4] = 7;
        assertEquals("x: multiboot2 header at 0x0: a tag is shorter than its header: type=2, bytes=7", refused(file));
    }

    @Test
    void qemusOrderComesFirstAndWhatOnlyGrubBootsFollows() {
        final byte[] image = Fixture.image();
        final byte[] with1 = withHeader(image, header1(12, 0, 0));
        assertEquals(List.of(BootProtocol.PVH, BootProtocol.MULTIBOOT1, BootProtocol.ELF64),
                GuestImage.parse("x", with1).protocols());
        final byte[] withAddresses = withHeader(image, header1(32, 0, ADDRESSES, LOAD, LOAD, 0, 0, LOAD));
        final GuestImage addressed = GuestImage.parse("x", withAddresses);
        assertEquals(List.of(BootProtocol.MULTIBOOT1, BootProtocol.PVH, BootProtocol.ELF64), addressed.protocols());
        assertEquals(1, addressed.plan(Optional.empty()).segments().size(), "the header's addresses win");
        assertEquals(ImageFormat.ELF64, addressed.format());
        final byte[] refusing = withHeader(image, header1(32, 0, ADDRESSES | 8, LOAD, LOAD, 0, 0, LOAD));
        assertEquals(BootProtocol.PVH, GuestImage.parse("x", refusing).plan(Optional.empty()).protocol(),
                "a header that asks for too much is passed over");
        assertThrows(ImageException.class,
                () -> GuestImage.parse("x", refusing).plan(Optional.of(BootProtocol.MULTIBOOT1)));
    }

    @Test
    void theElfEntryOfAHighKernelIsPhysicalForMultiboot() {
        final byte[] high = withHeader(Fixture.image(), header1(12, 0, 0));
        final GuestImage image = GuestImage.parse("x", high);
        final ImageSegment text = image.segments().stream().filter(s -> s.contains(image.entry())).findFirst()
                .orElseThrow();
        final BootPlan plan = image.plan(Optional.of(BootProtocol.MULTIBOOT1));
        assertEquals(image.entry() - text.virtual() + text.physical(), plan.entry());
        assertTrue(plan.sections().isPresent());
        assertFalse(plan.movable());
    }

    @Test
    void sectionsThatNoSegmentBringsGetAddressesInTheirHeaders() {
        final GuestImage image = GuestImage.parse("x", withHeader(Fixture.image(), header1(12, 0, 0)));
        final SectionTable table = image.plan(Optional.of(BootProtocol.MULTIBOOT1)).sections().orElseThrow();
        assertEquals(64, table.entrySize());
        final long[] addresses = new long[table.unloaded().size()];
        assertTrue(addresses.length > 2, "symbols, names and lines");
        Arrays.setAll(addresses, i -> 0x20_0000 + i * 0x1000L);
        final ByteBuffer headers = ByteBuffer.wrap(table.headers(addresses)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(table.count() * 64, headers.capacity());
        for (int i = 0; i < addresses.length; i++) {
            final int header = table.unloaded().get(i).index() * 64;
            assertEquals(addresses[i], headers.getLong(header + 16));
            assertEquals(table.unloaded().get(i).content().byteSize(), headers.getLong(header + 32));
        }
        assertThrows(IllegalArgumentException.class, () -> table.headers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    }

    /** An image with a header in the padding behind its own headers, which the fixture has plenty of. */
    private static byte[] withHeader(final byte[] image, final byte[] header) {
        final byte[] copy = image.clone();
        System.arraycopy(header, 0, copy, 0x800, header.length);
        return copy;
    }
}
