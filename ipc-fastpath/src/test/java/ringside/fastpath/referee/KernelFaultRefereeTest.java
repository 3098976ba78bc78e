package ringside.fastpath.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.KernelSources;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** A fault in the kernel is a panic on our machine, and the same panic to the last register in QEMU. */
class KernelFaultRefereeTest {
    private static final String UNIT = "syscall/sys_thread.asm";
    private static final String PLACE = "sys_yield:\n";

    @TempDir
    private Path directory;

    private static GuestImage faulty(final String code) {
        final String unit = KernelSources.bundled().read(UNIT).orElseThrow();
        assertTrue(unit.contains(PLACE), "where the fault goes");
        final SourceTree overlay = SourceTree.of(Map.of(UNIT,
                unit.replace(PLACE, PLACE + code.replace(";", "\n") + "\n"))).over(KernelSources.bundled());
        try (KernelImageBuilder builder = KernelImageBuilder.start(overlay)) {
            return builder.build(new KernelFeatures(FastPath.NONE));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mov rax, [r15 + Thread_rip]; mov rax, [rax] | #PF page fault
            mov rax, [r15 + Thread_rip]; jmp rax        | #PF page fault
            mov [rel sys_yield], rax                    | #PF page fault
            xor eax, eax; mov rax, [rax]                | #PF page fault
            ud2                                         | #UD invalid opcode
            xor ecx, ecx; div ecx                       | #DE divide error
            mov ecx, 1; shl rcx, 62; mov rax, [rcx]     | #GP general protection
            int3                                        | #BP breakpoint
            push rax; jmp sys_yield                     | #PF page fault, kernel stack overflow
            """)
    void panicIsTheSameOnBothMachines(final String code, final String name) throws Exception {
        final GuestImage image = faulty(code);
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = Machine.boot(MachineConfig.standard().withSerial(serial::write), image)) {
            assertEquals(new RunResult.Exited(1), machine.run(Budget.steps(100_000_000)));
        }
        final String text = serial.toString(StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("\nbantam: panic: " + name + "\n"), text);
        assertTrue(text.contains("  backtrace 0x"), text);

        Tool.assumePresent(QemuCommand.PROGRAM);
        final Path file = directory.resolve("faulty.elf");
        Files.write(file, image.bytes());
        assertEquals(Qemu.boot(file, QemuCommand.EXIT_PANIC), withoutResumeFlag(text));
    }

    /** Faults push RFLAGS with RF set (Intel SDM volume 3, 17.3.1.1); QEMU leaves it as it was. */
    private static String withoutResumeFlag(final String text) {
        return text.replaceAll("(rflags +0x[0-9a-f]{11})1", "$10");
    }
}
