package ringside.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same file with the same modules, loaded by QEMU and by GRUB: the kernel is told the same. */
class LoaderRefereeTest {
    private static final int CPUS = 2;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("ringside.emulator.boot.Scene#ofQemu")
    void qemuTellsAKernelTheSame(final Scene scene) throws Exception {
        Referees.assumePresent(Referees.QEMU);
        assertEquals(Facts.of(new Referees(directory).qemu(scene, CPUS), Scene.ARGUMENTS),
                Facts.of(scene.runHere(CPUS), Scene.ARGUMENTS));
    }

    @ParameterizedTest
    @MethodSource("ringside.emulator.boot.Scene#ofGrub")
    void grubTellsAKernelTheSame(final Scene scene) throws Exception {
        Referees.assumePresent(Referees.QEMU);
        final MemorySegment theirs = new Referees(directory).grub(scene, CPUS);
        final MemorySegment ours = scene.runHere(CPUS);
        assertEquals(Facts.of(theirs, Scene.ARGUMENTS), Facts.of(ours, Scene.ARGUMENTS));
        assertEquals(Facts.sections(theirs), Facts.sections(ours));
    }

    @Test
    void grubTellsAKernelTheSameInBochs() throws Exception {
        final Scene scene = Scene.ELF32_MULTIBOOT1;
        assertEquals(Facts.of(new Referees(directory).bochs(scene), Scene.ARGUMENTS),
                Facts.of(scene.runHere(1), Scene.ARGUMENTS));
    }
}
