package ringside.emulator.engine.unicorn;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.EngineException;
import ringside.toolchain.natives.NativeLibrary;

/** A library whose private layout is another one is refused by name and hash, before any guest runs. */
class PrivateLayoutTest {
    private static final int OBJECT_BYTES = 0x4000;

    @Test
    void testedBuildPasses() {
        SelfCheck.once();
        final Unicorn library = Unicorn.library();
        final MemorySegment uc = library.open();
        library.selectCpu(uc, Unicorn.CPU_BROADWELL);
        library.noExits(uc);
        Env.check(library, uc);
        library.close(uc);
    }

    @Test
    void registerThatIsNotWhereItShouldBeIsRefusedWithBothHashes() {
        final Unicorn library = Unicorn.library();
        final MemorySegment uc = library.open();
        library.selectCpu(uc, Unicorn.CPU_BROADWELL);
        library.noExits(uc);
        try (Arena arena = Arena.ofConfined()) {
            // A copy of the state, as a build would have it whose fields lie elsewhere: sentinels never reach it.
            final MemorySegment elsewhere = arena.allocate(OBJECT_BYTES, 16);
            elsewhere.asSlice(0, Env.of(uc).byteSize()).copyFrom(Env.of(uc));
            final EngineException refusal = assertThrows(EngineException.class,
                    () -> Env.check(library, uc, elsewhere));
            final String message = refusal.getMessage();
            assertTrue(message.contains("self-check of the private layout"), message);
            assertTrue(message.contains("sha256="), message);
            assertTrue(message.contains("expected=" + NativeLibrary.UNICORN.pin().librarySha256()), message);
        } finally {
            library.close(uc);
        }
    }
}
