package ringside.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.kernel.build.Images;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelSources;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.asm.SourceTree;

/** What the two entries do with what loaders tell; QEMU is a PVH loader, the other kind is played in assembly. */
class BootProtocolTest {
    private static final String UNIT = "boot/entry.asm";
    private static final String PVH_ENTRY = "boot_pvh_entry:\n";
    private static final String REFUSAL = "bantam: not a PVH or multiboot2 loader, or no 64-bit CPU with NX\n";

    @TempDir
    private Path directory;

    @Test
    void aMultiboot2LoaderStartsTheSameKernel() throws IOException, InterruptedException {
        final Qemu.Outcome outcome = boot("mov ebx, 0\n mov eax, MULTIBOOT2_LOADER_MAGIC\n jmp boot_multiboot_entry\n");
        assertTrue(outcome.text().endsWith("bantam: done\n"), outcome.text());
        assertEquals(QemuCommand.EXIT_GOOD, outcome.status());
    }

    @Test
    void aMultibootLoaderWithoutTheMagicNumberIsRefused() throws IOException, InterruptedException {
        final Qemu.Outcome outcome = boot("mov eax, PVH_MAGIC\n jmp boot_multiboot_entry\n");
        assertEquals(new Qemu.Outcome(QemuCommand.EXIT_PANIC, REFUSAL), outcome);
    }

    @Test
    void aPvhLoaderWithoutTheMagicNumberIsRefused() throws IOException, InterruptedException {
        final Qemu.Outcome outcome = boot("add ebx, WORD_SIZE\n");
        assertEquals(new Qemu.Outcome(QemuCommand.EXIT_PANIC, REFUSAL), outcome);
    }

    /** Boots a kernel that first does this at its PVH entry. */
    private Qemu.Outcome boot(final String code) throws IOException, InterruptedException {
        final String unit = KernelSources.bundled().read(UNIT).orElseThrow();
        assertTrue(unit.contains(PVH_ENTRY), "where the loader's part goes");
        final String played = unit.replace(PVH_ENTRY, PVH_ENTRY + code)
                .replace("%include \"abi/layout.inc\"", "%include \"abi/layout.inc\"\n%include \"abi/calls.inc\"");
        return Qemu.boot(Images.build(
                SourceTree.of(Map.of(UNIT, played)).over(KernelSources.bundled()), FastPath.ASSEMBLY), directory);
    }
}
