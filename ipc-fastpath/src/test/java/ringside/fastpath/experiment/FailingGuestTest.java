package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.KernelSources;
import ringside.profiler.profile.UnstableProfileException;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** What the bench says of a kernel that somebody changed for the worse. */
class FailingGuestTest {
    private static GuestImage changed(final String path, final String from, final String to) {
        final SourceTree bundled = KernelSources.bundled();
        final String text = bundled.read(path).orElseThrow();
        assertTrue(text.contains(from), path + " no longer has the line that this test changes");
        try (KernelImageBuilder builder =
                KernelImageBuilder.start(SourceTree.of(Map.of(path, text.replace(from, to))).over(bundled))) {
            return builder.build(new KernelFeatures(FastPath.ASSEMBLY));
        }
    }

    private static <E extends RuntimeException> String refusal(final Class<E> kind, final GuestImage image) {
        return assertThrows(kind, () -> VariantRun.of(Variant.FAST_ASM, image, false)).getMessage();
    }

    @Test
    void aGuestThatDoesNotSayItIsDoneHasFailed() {
        final GuestImage image = changed("user/init.asm", "bantam: done", "bantam: gone");
        assertEquals("fast-asm: the guest exited with code 0; its last line was: bantam: gone",
                refusal(GuestFailedException.class, image));
    }

    @Test
    void aPanicIsNamedWithItsOwnLine() {
        final String message = refusal(GuestFailedException.class,
                changed("syscall/sys_thread.asm", "sys_yield:", "sys_yield:\n        ud2"));
        assertTrue(message.startsWith("fast-asm: the guest exited with code 1; it said: bantam: panic: "), message);
    }

    @Test
    void aServerWhoseRoundsDifferIsRefusedWithThePlaceWhereTheyPart() {
        final String message = refusal(UnstableProfileException.class, changed("user/server.asm",
                "        jmp     .serve", """
                        inc     ebp
                        test    ebp, 31
                        jnz     .serve
                        jmp     .serve
                """));
        assertTrue(message.startsWith("window round-trip of trial (1, 0, 0), round "), message);
        assertTrue(message.contains("; user instructions "), message);
        assertTrue(message.contains(": server_main+0x"), message);
    }
}
