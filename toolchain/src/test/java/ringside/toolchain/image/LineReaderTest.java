package ringside.toolchain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Line tables by hand: what tools do not write and strangers might. */
class LineReaderTest {
    private static final int LINE_STRP = 0x1f;
    private final ByteWriter strings = new ByteWriter();

    @Test
    void versionFiveTakesNamesFromTheirSections() {
        strings.text("/home").text("lib").text("start.s");
        final ByteWriter tables = new ByteWriter();
        tables.u8(1).unsignedLeb(1).unsignedLeb(LINE_STRP).unsignedLeb(2).u32(0).u32(6);
        tables.u8(2).unsignedLeb(1).unsignedLeb(LINE_STRP).unsignedLeb(2).unsignedLeb(0x0b).unsignedLeb(2);
        tables.u32(10).u8(0).u32(10).u8(1);
        final ByteWriter program = new ByteWriter();
        program.u8(0).u8(9).u8(2).u64(0x1000);
        program.u8(3).signedLeb(41).u8(1).u8(2).unsignedLeb(4);
        program.u8(4).unsignedLeb(0).u8(3).signedLeb(-2).u8(1).u8(2).unsignedLeb(6).u8(0).u8(1).u8(1);
        assertEquals(List.of(
                new LineTable.Row(0x1000, 0x1004, new SourceLine("lib/start.s", 42)),
                new LineTable.Row(0x1004, 0x100a, new SourceLine("start.s", 40))), read(tables, program));
    }

    @Test
    void manyEntriesThatShareOneLongNameAreRefused() {
        strings.text("x".repeat(4000));
        final ByteWriter tables = new ByteWriter();
        tables.u8(0).unsignedLeb(0);
        tables.u8(1).unsignedLeb(1).unsignedLeb(LINE_STRP).unsignedLeb(100_000);
        for (int i = 0; i < 100_000; i++) {
            tables.u32(i % 100);
        }
        assertEquals(".debug_line: the names of its files are too long", refused(tables));
    }

    @Test
    void countsAreNoLargerThanWhatFollows() {
        final ByteWriter tables = new ByteWriter();
        tables.u8(0).unsignedLeb(1L << 60);
        assertEquals(".debug_line: more entries than bytes: count=1152921504606846976", refused(tables));
    }

    @Test
    void formsAndSectionsThatThereAreNotAreRefused() {
        final ByteWriter form = new ByteWriter();
        form.u8(1).unsignedLeb(1).unsignedLeb(0x0e).unsignedLeb(1).u32(0);
        assertTrue(refused(form).startsWith(".debug_line: a path in an unknown form or a missing section: form=0xe"));
        final ByteWriter number = new ByteWriter();
        number.u8(1).unsignedLeb(2).unsignedLeb(0x77).unsignedLeb(1).u32(0);
        assertEquals(".debug_line: unknown form: form=0x77", refused(number));
        final ByteWriter directory = new ByteWriter();
        directory.u8(0).unsignedLeb(0).u8(1).unsignedLeb(2).unsignedLeb(0x0b).unsignedLeb(1).u8(3);
        assertEquals(".debug_line: no such directory: number=3", refused(directory));
    }

    @Test
    void addressesRiseInsideASequence() {
        final ByteWriter tables = new ByteWriter();
        tables.u8(0).unsignedLeb(0).u8(1).unsignedLeb(1).unsignedLeb(0x08).unsignedLeb(2).text("a").text("b");
        final ByteWriter program = new ByteWriter();
        program.u8(0).u8(9).u8(2).u64(0x1000).u8(1).u8(0).u8(9).u8(2).u64(0x0fff).u8(1);
        assertEquals(".debug_line: addresses fall inside a sequence: address=0xfff",
                assertThrows(CorruptException.class, () -> read(tables, program)).getMessage());
    }

    @Test
    void randomTablesEndInRowsOrInARefusal() {
        final Random random = new Random(5);
        int fine = 0;
        for (int round = 0; round < 20_000; round++) {
            final byte[] bytes = new byte[random.nextInt(80)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(8));
            }
            final ByteWriter program = new ByteWriter().bytes(bytes);
            final ByteWriter tables = new ByteWriter();
            if (random.nextBoolean()) {
                tables.u8(0).unsignedLeb(0).u8(1).unsignedLeb(1).unsignedLeb(0x08).unsignedLeb(2).text("a").text("b");
            } else {
                tables.bytes(bytes);
            }
            try {
                fine += read(tables, program).size() <= bytes.length ? 1 : 0;
            } catch (final CorruptException refused) {
                assertTrue(refused.getMessage().startsWith(".debug_line: "), refused.getMessage());
            }
        }
        assertTrue(fine > 1000, "tables that were read: " + fine);
    }

    private String refused(final ByteWriter tables) {
        return assertThrows(CorruptException.class, () -> read(tables, new ByteWriter())).getMessage();
    }

    private List<LineTable.Row> read(final ByteWriter tables, final ByteWriter program) {
        final ByteWriter header = new ByteWriter();
        header.u8(1).u8(1).u8(1).u8(-5).u8(14).u8(13);
        for (final int length : new int[] {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1}) {
            header.u8(length);
        }
        header.bytes(tables.toArray());
        final ByteWriter unit = new ByteWriter();
        unit.u32(2 + 2 + 4 + header.size() + program.size()).u16(5).u8(8).u8(0).u32(header.size());
        unit.bytes(header.toArray()).bytes(program.toArray());
        final byte[] bytes = unit.toArray();
        final byte[] pool = strings.toArray();
        return new LineReader(new ByteReader(bytes, ".debug_line", 0, bytes.length),
                new ByteReader(pool, ".debug_line_str", 0, pool.length), null).read();
    }
}
