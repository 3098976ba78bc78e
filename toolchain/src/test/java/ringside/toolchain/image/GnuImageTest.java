package ringside.toolchain.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.testing.GnuTools;

/** Somebody else's kernel: assembled by GNU as, linked by GNU ld. */
class GnuImageTest {
    private static final String SOURCE = """
            .intel_syntax noprefix
            .section .note.Xen, "a", @note
            .long 4, 4, 18
            .asciz "Xen"
            .long _start
            .text
            .globl _start
            .type _start, @function
            _start:
                mov eax, 1
                call helper
            1:  hlt
                jmp 1b
            .size _start, . - _start
            helper:
                nop
                ret
            .data
            .globl counter
            .type counter, @object
            .size counter, 8
            counter: .quad 5
            .bss
            .globl space
            .type space, @object
            .size space, 4096
            space: .skip 4096
            .globl ANSWER
            .set ANSWER, 42
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeSource() throws IOException {
        GnuTools.assumePresent("as", "ld");
        Files.createDirectories(directory.resolve("src/boot"));
        Files.writeString(directory.resolve("src/boot/start.s"), SOURCE);
    }

    private GuestImage build(final String... options) {
        final List<String> command = new ArrayList<>(List.of("as", "--64", "-o", "start.o"));
        command.addAll(List.of(options));
        command.add("src/boot/start.s");
        GnuTools.run(directory, command.toArray(String[]::new));
        GnuTools.run(directory, "ld", "-Ttext-segment=0x100000", "-o", "kernel.elf", "start.o");
        return GuestImage.read(directory.resolve("kernel.elf"));
    }

    @Test
    void segmentsNoteAndSymbolsAreRead() {
        final GuestImage image = build();
        final long start = image.symbols().byName("_start").orElseThrow().address();
        assertEquals(start, image.entry());
        assertEquals(OptionalLong.of(start), image.pvhEntry());
        assertEquals(ObjectSymbol.Kind.FUNCTION, image.symbols().byName("_start").orElseThrow().kind());
        assertEquals(ObjectSymbol.Kind.LABEL, image.symbols().byName("helper").orElseThrow().kind());
        assertEquals(new ImageSymbol("ANSWER", 42, 0, ObjectSymbol.Kind.CONSTANT),
                image.symbols().byName("ANSWER").orElseThrow());
        assertEquals("_start+0x5", image.symbols().format(start + 5));
        assertEquals("helper+0x1", image.symbols().format(start + 14), "a label without a size reaches on");
        final ImageSymbol space = image.symbols().byName("space").orElseThrow();
        assertEquals(4096, space.size());
        assertEquals("space+0xfff", image.symbols().format(space.address() + 4095));
        assertEquals(5, image.memory(image.symbols().byName("counter").orElseThrow().address(), 8)[0]);
        assertEquals("there is no .debug_line", image.lines().problem().orElseThrow());
    }

    @Test
    void notesInStepsOfEightBytesAreRead() {
        final GuestImage image = build("-mx86-used-note=yes");
        assertEquals(OptionalLong.of(image.entry()), image.pvhEntry());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--gdwarf-2", "--gdwarf-3", "--gdwarf-4", "--gdwarf-5"})
    void linesOfEveryVersionAreRead(final String version) {
        final GuestImage image = build(version);
        assertTrue(image.lines().problem().isEmpty(), () -> image.lines().problem().toString());
        final int first = SOURCE.lines().toList().indexOf("    mov eax, 1") + 1;
        final int[] sizes = {5, 5, 1, 2};
        long address = image.entry();
        for (int i = 0; i < sizes.length; i++) {
            final SourceLine line = image.lines().at(address).orElseThrow();
            assertTrue(line.file().endsWith("src/boot/start.s"), line.toString());
            assertEquals(first + i, line.line());
            assertEquals(List.of(address), image.lines().addresses(line));
            address += sizes[i];
        }
        assertEquals(first + 6, image.lines().at(address).orElseThrow().line());
        assertTrue(image.lines().at(address + 2).isEmpty(), "behind the last instruction there is no line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--gdwarf-3", "--gdwarf-5"})
    void aKernelFor32BitsIsReadWithSymbolsAndLines(final String version) throws IOException {
        Files.writeString(directory.resolve("src/boot/start.s"), SOURCE.replace(".quad", ".long"));
        GnuTools.run(directory, "as", "--32", version, "-o", "start.o", "src/boot/start.s");
        GnuTools.run(directory, "ld", "-m", "elf_i386", "-Ttext-segment=0x100000", "-o", "kernel.elf", "start.o");
        final GuestImage image = GuestImage.read(directory.resolve("kernel.elf"));
        assertEquals(ImageFormat.ELF32, image.format());
        assertEquals(List.of(BootProtocol.PVH), image.protocols());
        assertEquals(OptionalLong.of(image.entry()), image.pvhEntry());
        assertEquals("helper+0x1", image.symbols().format(image.entry() + 14));
        assertEquals(4096, image.symbols().byName("space").orElseThrow().size());
        assertEquals(5, image.memory(image.symbols().byName("counter").orElseThrow().address(), 4)[0]);
        final int first = SOURCE.lines().toList().indexOf("    mov eax, 1") + 1;
        assertEquals(first + 1, image.lines().at(image.entry() + 5).orElseThrow().line());
    }

    @Test
    void compressedLinesAreNamedAsTheReason() throws IOException {
        final String worthCompressing = ".intel_syntax noprefix\n.globl _start\n_start:\n" + "nop\n".repeat(5000);
        Files.writeString(directory.resolve("src/boot/start.s"), worthCompressing);
        assertEquals(5000, build("-g").lines().rows().size());
        GnuTools.run(directory, "ld", "--compress-debug-sections=zlib", "-o", "kernel.elf", "start.o");
        final GuestImage compressed = GuestImage.read(directory.resolve("kernel.elf"));
        assertEquals(".debug_line: is compressed", compressed.lines().problem().orElseThrow());
    }
}
