package ringside.kernel.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSegment;
import ringside.toolchain.image.Probe;

class KernelImageTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final int MULTIBOOT2_MAGIC = 0xe852_50d6;
    private static final int MULTIBOOT2_SEARCH = 32 * 1024;

    @Test
    void theSameSourcesGiveTheSameBytes() {
        final GuestImage bundled = Images.of(FastPath.ASSEMBLY);
        final GuestImage again = Images.build(KernelSources.directory(MODULE), FastPath.ASSEMBLY);
        assertArrayEquals(bundled.bytes(), again.bytes());
    }

    @Test
    void everySourceIsAUnitOrIncluded() throws IOException {
        final TreeSet<String> sources = new TreeSet<>();
        collect(sources, MODULE.resolve("src/main/asm"), "");
        collect(sources, MODULE.resolve("src/user/asm"), "user/");
        final TreeSet<String> units = new TreeSet<>(KernelSources.units());
        units.addAll(NinePImage.units());
        assertEquals(sources, units);
    }

    private static void collect(final TreeSet<String> into, final Path root, final String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.map(file -> prefix + root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".asm"))
                    .forEach(into::add);
        }
    }

    @ParameterizedTest
    @EnumSource(value = FastPath.class, names = {"NONE", "ASSEMBLY"})
    void noSegmentIsWritableAndExecutable(final FastPath fastPath) {
        for (final ImageSegment segment : Images.of(fastPath).segments()) {
            assertFalse(segment.write() && segment.execute(), () -> Long.toHexString(segment.virtual()));
        }
    }

    @Test
    void userProgramsLieAtAddressesOfTheirOwn() {
        final List<Long> pages = Images.of(FastPath.NONE).segments().stream()
                .map(ImageSegment::virtual)
                .filter(address -> address >= KernelMemory.USER_BASE)
                .map(address -> (address - KernelMemory.USER_BASE) / KernelMemory.USER_STRIDE)
                .filter(program -> program >= 0)
                .distinct()
                .toList();
        assertEquals(KernelSources.programs().size(), pages.size());
    }

    @Test
    void theBootPageHoldsTheWholeKernel() {
        final long end = Images.of(FastPath.NONE).symbols().byName("data_end").orElseThrow().address();
        assertTrue(end - KernelMemory.KERNEL_BASE <= KernelMemory.PROGRAMS, Long.toHexString(end));
        assertEquals(2 << 20, KernelMemory.PROGRAMS, "the kernel maps one page of 2 MiB in small ones");
    }

    @Test
    void allProgramsLieBelowTheEndOfTheImage() {
        for (final ImageSegment segment : Images.of(FastPath.NONE).segments()) {
            assertTrue(segment.physical() + segment.memorySize() <= KernelMemory.IMAGE_END,
                    Long.toHexString(segment.virtual()));
        }
    }

    @Test
    void theImageHasAPvhEntryBelowFourGigabytes() {
        final long entry = Images.of(FastPath.NONE).pvhEntry().orElseThrow();
        assertEquals("boot_pvh_entry", Images.of(FastPath.NONE).symbols().format(entry));
    }

    @Test
    void aMultiboot2LoaderFindsItsHeader() {
        final ByteBuffer file = ByteBuffer.wrap(Images.of(FastPath.NONE).bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < MULTIBOOT2_SEARCH && file.getInt(at) != MULTIBOOT2_MAGIC) {
            at += 8;
        }
        assertEquals(MULTIBOOT2_MAGIC, file.getInt(at));
        assertEquals(0, file.getInt(at) + file.getInt(at + 4) + file.getInt(at + 8) + file.getInt(at + 12));
        assertEquals(Images.of(FastPath.NONE).symbols().byName("boot_multiboot_entry").orElseThrow().address(),
                file.getInt(at + 24));
    }

    @ParameterizedTest
    @EnumSource(value = FastPath.class, names = {"NONE", "ASSEMBLY"})
    void probesOfTheBenchContractAreThere(final FastPath fastPath) {
        final Map<String, List<List<String>>> kinds = Images.of(fastPath).probes().stream()
                .collect(Collectors.groupingBy(Probe::kind,
                        Collectors.mapping(Probe::registers, Collectors.toList())));
        for (final String kind : List.of("bench_begin", "bench_end", "null_call", "null_return", "signal_call",
                "signal_return", "client_call",
                "client_return", "server_return", "server_reply", "phase_entry", "phase_checks", "phase_dequeue",
                "phase_reply_link", "phase_copy", "phase_switch", "phase_exit", "ready_enqueue", "ready_dequeue",
                "first_begin", "first_end", "first_null", "first_null_return", "first_call", "first_return",
                "server_serves", "switch_choose", "switch_serve", "context_switch")) {
            assertTrue(kinds.containsKey(kind), kind);
        }
        kinds.get("context_switch").forEach(registers -> assertEquals(1, registers.size()));
        kinds.get("ipc_message").forEach(registers -> assertEquals(2, registers.size()));
        assertEquals(List.of(List.of("rdi", "r12", "rax")), kinds.get("thread_create"));
        assertEquals(List.of(List.of("rax", "r14", "rbx")), kinds.get("space_create"));
        assertEquals(List.of("rdi", "rsi", "rdx"), kinds.get("bench_begin").getFirst());
    }

    @ParameterizedTest
    @EnumSource(value = FastPath.class, names = {"NONE", "ASSEMBLY"})
    void codeIsTheSameWithoutProbes(final FastPath fastPath) {
        final SourceTree silent = path -> KernelSources.bundled().read(path)
                .map(text -> text.replaceAll("(?m)^ *PROBE .*$", ""));
        final GuestImage without = Images.build(silent, fastPath);
        assertEquals(List.of(), without.probes());
        final List<ImageSegment> expected = Images.of(fastPath).segments();
        assertEquals(expected.size(), without.segments().size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(-1, expected.get(i).content().mismatch(without.segments().get(i).content()));
        }
    }

    @Test
    void generatedUnitsAndTheirSlotComeTogether() {
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            assertThrows(IllegalArgumentException.class,
                    () -> builder.build(new KernelFeatures(FastPath.GENERATED)));
        }
    }
}
