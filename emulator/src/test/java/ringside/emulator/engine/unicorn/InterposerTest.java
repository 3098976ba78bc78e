package ringside.emulator.engine.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.engine.EngineException;
import ringside.emulator.machine.RunResult;
import ringside.emulator.testing.Guest;
import ringside.toolchain.natives.NativeLibraries;
import ringside.toolchain.natives.NativeLibrary;

class InterposerTest {
    private static final String ANCHOR = "uc_open";
    private static final int GENERAL_PROTECTION_EXIT = 0x80 + 13;
    /** A prefix of the library shorter than this has no dynamic section. */
    private static final long DYNAMIC_SECTION = 20_000_000;

    private static Path library() {
        return NativeLibraries.locate().path(NativeLibrary.UNICORN);
    }

    @Test
    void everySlotOfAnInterposedFunctionHoldsTheStub() {
        final Unicorn unicorn = Unicorn.library();
        for (final Interposition stub : CpuInterpositions.all()) {
            final LibraryRelocations.Found found =
                    LibraryRelocations.read(library(), Set.of(stub.symbol()), ANCHOR);
            final long base = unicorn.symbol(ANCHOR).address() - found.anchor();
            final List<Long> now = found.slots().get(stub.symbol()).stream().map(slot -> MemorySegment
                    .ofAddress(base + slot).reinterpret(Long.BYTES).get(ValueLayout.JAVA_LONG, 0)).distinct().toList();
            assertEquals(1, now.size(), "one stub in all places of " + stub.symbol());
            assertNotEquals(unicorn.symbol(stub.symbol()).address(), now.getFirst(), "and not the library's own");
        }
    }

    @Test
    void aHelperThatTranslationsCallIsTheStub() {
        // The library's own RDPMC is an undefined instruction; the manual's is #GP(0) where no counter exists.
        assertEquals(new RunResult.Exited(GENERAL_PROTECTION_EXIT), new Guest().program(c -> {
            c.db(0x0F, 0x33);
            Guest.exit(c, 1);
        }).run());
    }

    @Test
    void aSymbolWithoutSlotsIsRefusedByName() {
        final EngineException refused = assertThrows(EngineException.class, () -> Interposer.install(library(),
                Unicorn.library(), List.of(new Interposition("no_such_function", (c, originals) -> c.ret()))));
        assertTrue(refused.getMessage().contains("no_such_function"), refused.getMessage());
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefusedWithItsName(@TempDir final Path directory) throws IOException {
        final Path cut = directory.resolve("cut.so");
        Files.copy(library(), cut);
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            for (long length = file.length() - 1; length > 0; length /= 3) {
                file.setLength(length);
                if (length < DYNAMIC_SECTION) {
                    final EngineException refused = assertThrows(EngineException.class,
                            () -> LibraryRelocations.read(cut, Set.of("helper_rdpmc_x86_64"), ANCHOR));
                    assertTrue(refused.getMessage().contains("cut.so"), refused.getMessage());
                }
            }
        }
    }
}
