package ringside.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.emulator.testing.TinyElf;
import ringside.toolchain.image.BootProtocol;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageException;

/** A kernel finds what each protocol promises, or is refused by name. */
class BootLoaderTest {
    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void everyKernelFindsWhatItsProtocolPromises(final Scene scene) {
        final String facts = Facts.of(scene.runHere(2), Scene.ARGUMENTS);
        assertFalse(facts.contains("false"), facts);
    }

    @Test
    void sectionsWithoutASegmentAreInRamWhereTheirHeadersSay() {
        final String wanted = "4 headers of %d bytes, names in 3\n0 bytes of kind 0: \n"
                + (Witness.MARKED - Witness.CODE + Witness.MARK.length) + " bytes of kind 1: %x\n"
                + "22 bytes of kind 1: where symbols would be\n4 bytes of kind 3: \0.x\0";
        assertEquals(wanted.formatted(40, Witness.CODE), Facts.sections(Scene.ELF32_MULTIBOOT1.runHere(1)));
        assertEquals(wanted.formatted(64, 0xFFFF_FFFF_8000_0000L + Witness.CODE),
                Facts.sections(Scene.ELF64_MULTIBOOT1.runHere(1)));
        assertEquals(wanted.formatted(64, Witness.CODE), Facts.sections(Scene.ELF64_MULTIBOOT2.runHere(1)));
        assertEquals("none", Facts.sections(Scene.ELF64_MULTIBOOT1_ADDRESSES.runHere(1)));
    }

    private static BootConfig config(final BootModule... modules) {
        return new BootConfig("quiet", List.of(modules), Optional.empty(), 1);
    }

    private static BootModule module(final String name, final int bytes) {
        return new BootModule(name, new byte[bytes], name);
    }

    private static Told load(final byte[] file, final int ram, final BootConfig config) {
        final MemorySegment memory = Arena.ofAuto().allocate(ram);
        final BootEntry entry = BootLoader.load(memory, GuestImage.parse("kernel", file), config);
        return new Told(memory, entry.eax(), entry.ebx());
    }

    private static String refusal(final byte[] file, final int ram, final BootConfig config) {
        return assertThrows(BootException.class, () -> load(file, ram, config)).getMessage();
    }

    @Test
    void theMultiboot1CommandLineBeginsWithTheFilesName() {
        final MemorySegment memory = Arena.ofAuto().allocate(4 * MIB);
        final GuestImage image = GuestImage.parse("/some where/my kernel.elf", Witness.multiboot1());
        final BootEntry entry = BootLoader.load(memory, image, config());
        assertEquals("my_kernel.elf quiet", new Told(memory, entry.eax(), entry.ebx()).commandLine);
        assertEquals("quiet", load(Witness.multiboot2(false), 4 * MIB, config()).commandLine);
        assertEquals("Ringside", load(Witness.multiboot2(false), 4 * MIB, config()).loader);
    }

    @Test
    void modulesFollowTheKernelAndEachOtherOnPages() {
        final Told told = load(Witness.multiboot1(), 4 * MIB, config(module("a", 1), module("b", 0),
                module("c", 0x2001), module("d", 5)));
        final long first = (Witness.MARKED + Witness.MARK.length + 0xfff) & -0x1000;
        assertEquals(List.of(new Told.Module(first, first + 1, "a"),
                new Told.Module(first + 0x1000, first + 0x1000, "b"),
                new Told.Module(first + 0x1000, first + 0x3001, "c"),
                new Told.Module(first + 0x4000, first + 0x4005, "d")), told.modules);
    }

    @Test
    void modulesGoBelowAKernelAtTheEndOfRam() {
        final byte[] file = new TinyElf().put(4 * MIB - 0x1000, new byte[] {(byte) 0xF4}).pvhEntry(4 * MIB - 0x1000)
                .bytes();
        assertEquals(MIB, load(file, 4 * MIB, config(module("a", 0x2000))).modules.getFirst().start());
    }

    @Test
    void modulesThatDoNotFitAreRefusedByName() {
        assertEquals("big: module 1: there is no room for its 0x300000 bytes in the RAM of 4 MiB",
                refusal(Witness.multiboot1(), 4 * MIB, config(module("a", 1), module("big", 3 * MIB))));
        final List<BootModule> many = new ArrayList<>(Collections.nCopies(257, module("m", 1)));
        assertEquals("kernel: modules: there are more than 256: modules=257", refusal(Witness.multiboot1(), 4 * MIB,
                new BootConfig("", many, Optional.empty(), 1)));
    }

    @Test
    void structuresThatOutgrowTheirAreaGoBehindTheKernel() {
        final List<BootModule> modules = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            modules.add(new BootModule("m", new byte[1], i + "x".repeat(4000)));
        }
        final BootConfig config = new BootConfig("quiet", modules, Optional.empty(), 1);
        for (final byte[] file : List.of(Witness.multiboot1(), Witness.multiboot2(true), Witness.pvh(false))) {
            final Told told = load(file, 4 * MIB, config);
            assertEquals(100, told.modules.size());
            assertEquals("99" + "x".repeat(4000), told.modules.getLast().text());
            assertTrue(told.commandLine.endsWith("quiet"), told.commandLine);
        }
    }

    @Test
    void aKernelOverTheTablesOrTheStructuresIsRefused() {
        assertTrue(refusal(new TinyElf().put(0xF_0000, new byte[16]).pvhEntry(0xF_0000).bytes(), 4 * MIB, config())
                .startsWith("kernel: segment 0: physical 0xf0000 to 0xf000f covers the firmware's tables at 0xf0000"));
        assertEquals("kernel: segment 0: physical 0x9f000 to 0x9f00f covers the boot structures at 0x90000 to 0x9ffff",
                refusal(new TinyElf().put(0x9_F000, new byte[16]).pvhEntry(0x9_F000).bytes(), 4 * MIB, config()));
    }

    @Test
    void headersThatALinkerPutsAPageBefore1MibDoNotDisturb() {
        final byte[] mark = "headers".getBytes(StandardCharsets.US_ASCII);
        final MemorySegment memory = Arena.ofAuto().allocate(4 * MIB);
        BootLoader.load(memory, GuestImage.parse("kernel", new TinyElf().put(0xF_F000, mark)
                .put(MIB, new byte[] {(byte) 0xF4}).pvhEntry(MIB).bytes()), config());
        assertArrayEquals(mark, memory.asSlice(0xF_F000, mark.length).toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void aProtocolThatTheImageDoesNotOfferIsRefusedWithThoseThatItDoes() {
        final BootConfig config = new BootConfig("", List.of(), Optional.of(BootProtocol.MULTIBOOT2), 1);
        assertEquals("kernel: boot protocol: the image does not offer multiboot2, only [multiboot1]",
                assertThrows(ImageException.class, () -> load(Witness.multiboot1(), 4 * MIB, config)).getMessage());
    }
}
