package ringside.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        final Qemu.Outcome outcome = boot(multiboot("""
                        dd      6, played_map_end - played_map, MemoryMapEntry_size + 8, 0
                        dq      0, 1000, 1, 0
                        dq      0x100001, 0x3000000, 1, 0
                        dq      -1, 0x100000, 1, 0
                        dq      0x500fff, 2, 2, 0
                """));
        assertTrue(outcome.text().endsWith("bantam: done\n"), outcome.text());
        assertEquals(QemuCommand.EXIT_GOOD, outcome.status());
    }

    @Test
    void aLoaderWithoutAMemoryMapIsRefused() throws IOException, InterruptedException {
        final String panic = "bantam: panic: the loader gave no memory map\n";
        for (final String code : List.of(
                multiboot("dd 9, played_map_end - played_map, 0, 0\n"),
                multiboot("dd 6, played_map_end - played_map, MemoryMapEntry_size, 0\n"),
                multiboot("dd 6, played_map_end - played_map, 8, 0\n dq 0, 0, 0\n"),
                multiboot("dd 9, 0, 0, 0\n"),
                "mov dword [ebx + StartInfo_version], 0\n",
                "mov dword [ebx + StartInfo_memory_map_entries], 0\n",
                "mov dword [ebx + StartInfo_memory_map + 4], 1\n")) {
            final Qemu.Outcome outcome = boot(code);
            assertEquals(QemuCommand.EXIT_PANIC, outcome.status(), code);
            assertTrue(outcome.text().startsWith(panic), outcome.text());
        }
    }

    @Test
    void aLoaderWithTooLittleMemoryIsRefused() throws IOException, InterruptedException {
        final String panic = "bantam: panic: there is too little memory behind the kernel's image\n";
        for (final String end : List.of("0x200000", "0x300fff")) {
            final Qemu.Outcome outcome = boot(multiboot("""
                            dd      6, played_map_end - played_map, MemoryMapEntry_size, 0
                            dq      0, %s, 1
                    """.formatted(end)));
            assertEquals(QemuCommand.EXIT_PANIC, outcome.status());
            assertTrue(outcome.text().startsWith(panic), outcome.text());
        }
    }

    /** QEMU puts 2 GiB below 4 GiB and the rest above. */
    @Test
    void memoryAboveFourGigabytesIsUsedToo() throws IOException, InterruptedException {
        final String unit = """
                %include "abi/kernel.inc"
                section .text
                global tasks_start
                tasks_start:
                        call    frame_start_rest
                        mov     edi, FRAME_ORDERS - 1
                        call    frame_alloc
                        mov     [rax], rax
                        mov     rdi, [rax]
                        call    print_hex
                        mov     rdi, [rel frame_free_pages]
                        shr     rdi, 18
                        call    print_hex
                        xor     edi, edi
                        jmp     machine_exit
                """;
        final Qemu.Outcome outcome = Qemu.boot(Images.build(SourceTree.of(Map.of("boot/tasks_start.asm", unit))
                .over(KernelSources.bundled()), FastPath.ASSEMBLY), directory, file -> {
                    final List<String> command = new ArrayList<>(QemuCommand.boot(file));
                    command.set(command.indexOf("-m") + 1, "5120");
                    return command;
                });
        // The last 4 MiB of 7 GiB; of 5 GiB all but tables and the image's pages are free.
        assertTrue(outcome.text().endsWith("0xffff8001bfc000000x0000000000000004"), outcome.text());
    }

    /** Plays a multiboot2 loader whose information has a command line and then this tag. */
    private static String multiboot(final String tag) {
        return """
                        mov     ebx, played_list
                        mov     eax, MULTIBOOT2_LOADER_MAGIC
                        jmp     boot_multiboot_entry
                align 8
                played_list:
                        dd      played_list_end - played_list, 0
                        dd      1, 13
                        db      "demo", 0
                align 8, 0
                played_map:
                """ + tag + """
                played_map_end:
                align 8, 0
                        dd      0, 8
                played_list_end:
                """;
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
