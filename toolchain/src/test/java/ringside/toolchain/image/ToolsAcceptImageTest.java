package ringside.toolchain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.testing.GnuTools;

/** The tools that people use on our images, and what they must say. */
class ToolsAcceptImageTest {
    private static final String FILE = "kernel.elf";

    @TempDir
    private Path directory;
    private GuestImage image;

    @BeforeEach
    void writeImage() throws IOException {
        final Path file = directory.resolve(FILE);
        Files.write(file, Fixture.image());
        image = GuestImage.read(file);
    }

    @Test
    void readelfHasNothingToComplainAbout() {
        GnuTools.assumePresent("readelf");
        final String text = GnuTools.run(directory, "readelf", "-a", "-W", FILE);
        assertFalse(text.toLowerCase(Locale.ROOT).contains("warning"), text);
        assertFalse(text.toLowerCase(Locale.ROOT).contains("error"), text);
        assertTrue(text.contains("0x00000012") && text.contains("description data: 00 00 10 00"), text);
        final String dwarf = GnuTools.run(directory, "readelf", "--debug-dump=info,line,decodedline,aranges,Ranges",
                "-W", FILE);
        assertFalse(dwarf.contains("arning"), dwarf);
    }

    @Test
    void nmSeesEverySymbolWithItsSize() {
        GnuTools.assumePresent("nm");
        final String text = GnuTools.run(directory, "nm", "-S", FILE);
        assertTrue(text.contains("ffffffff80200000 0000000000000020 T kernel_entry\n"), text);
        assertTrue(text.contains("ffffffff80200027 0000000000000001 t kernel_helper\n"), text);
        assertTrue(text.contains(" 0000000000000008 D counter\n"), text);
        assertTrue(text.contains(" 0000000000002000 B stack\n"), text);
        assertTrue(text.contains(" t probe$phase_entry$1\n"), text);
        assertTrue(text.contains("0000000000102000 A data_load_start\n"), text);
    }

    @Test
    void objdumpShowsSourceLinesBetweenInstructions() {
        GnuTools.assumePresent("objdump");
        final String text = GnuTools.run(directory, "objdump", "-dl", "-M", "intel", FILE);
        assertTrue(text.contains("boot/entry.asm:10\n  100000:\tfa                   \tcli"), text);
        assertTrue(text.contains("include/macros.inc:3\n  100001:\t90                   \tnop"), text);
        assertTrue(text.contains("ringside/toolchain/image/Fixture.java:"), text);
    }

    @Test
    void addr2lineAgreesWithEachRow() {
        GnuTools.assumePresent("addr2line");
        assertTrue(image.lines().rows().size() > 10);
        for (final LineTable.Row row : image.lines().rows()) {
            for (final long address : new long[] {row.start(), row.end() - 1}) {
                final String text = GnuTools.run(directory, "addr2line", "-e", FILE, Long.toHexString(address));
                assertEquals("./" + row.source(), text.strip(), Long.toHexString(address));
            }
        }
    }

    @Test
    void gdbFindsLinesSymbolsAndPlacesForBreakpoints() {
        GnuTools.assumePresent("gdb");
        final String text = GnuTools.run(directory, "gdb", "-batch", "-nx",
                "-ex", "info line *0x100001", "-ex", "info symbol 0xffffffff8020000f",
                "-ex", "break kernel/main.asm:24", "-ex", "break boot/entry.asm:400", "-ex", "break kernel_main",
                "-ex", "info line *" + image.symbols().byName("generated_path").orElseThrow().address(),
                "-ex", "info scope kernel_main", "-ex", "info functions kernel_", FILE);
        assertTrue(text.contains("Line 3 of \"include/macros.inc\" starts at address 0x100001 <boot_entry+1> "
                + "and ends at 0x100002 <boot_entry+2>."), text);
        assertTrue(text.contains("kernel_entry + 15 in section .text"), text);
        assertTrue(text.contains("Breakpoint 1 at 0xffffffff80200014: file kernel/main.asm, line 24."), text);
        assertTrue(text.contains("Breakpoint 2 at 0x100002: file boot/entry.asm, line 400."), text);
        assertTrue(text.contains("Breakpoint 3 at 0xffffffff80200020: file kernel/main.asm, line 40."), text);
        assertTrue(text.contains("of \"ringside/toolchain/image/Fixture.java\" starts at address"), text);
        assertTrue(text.contains("static void kernel_helper(void);"), text);
    }
}
