package ringside.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.kernel.build.Images;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelSources;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** Kernels with a fault put into their yield: each ends in a panic that says what happened. */
class KernelFaultTest {
    private static final String UNIT = "syscall/sys_thread.asm";
    private static final String PLACE = "sys_yield:\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mov rax, [r15 + Thread_rip]; mov rax, [rax]   | #PF page fault      | 0000000000000001
            mov rax, [r15 + Thread_rip]; jmp rax          | #PF page fault      | 0000000000000011
            mov [rel sys_yield], rax                      | #PF page fault      | 0000000000000003
            jmp r15                                       | #PF page fault      | 0000000000000011
            xor eax, eax; mov rax, [rax]                  | #PF page fault      | 0000000000000000
            ud2                                           | #UD invalid opcode  | 0000000000000000
            xor ecx, ecx; div ecx                         | #DE divide error    | 0000000000000000
            mov ecx, 1; shl rcx, 62; jmp rcx              | #GP general protection | 0000000000000000
            """)
    void aFaultInTheKernelIsAPanicWithItsErrorCode(final String code, final String name, final String error)
            throws IOException, InterruptedException {
        final String text = panic(code.replace(";", "\n"));
        assertTrue(text.contains("\nbantam: panic: " + name + "\n"), text);
        assertTrue(text.contains("  error   0x" + error + "  "), text);
    }

    @Test
    void aKernelStackOverflowIsAPageFaultOnAStackOfItsOwn() throws IOException, InterruptedException {
        final String text = panic("push rax\n jmp sys_yield");
        assertTrue(text.contains("\nbantam: panic: #PF page fault, kernel stack overflow\n"), text);
    }

    @Test
    void thePanicsBacktraceNamesTheCallOfTheHandler() throws IOException, InterruptedException {
        final GuestImage image = faulty("ud2");
        final Qemu.Outcome outcome = Qemu.boot(image, directory);
        final String trace = outcome.text().substring(outcome.text().indexOf("  backtrace ")).strip();
        final long address = Long.parseUnsignedLong(trace.split(" ")[1].substring(2), 16);
        assertTrue(image.symbols().format(address).startsWith("syscall_slow"), trace);
    }

    @Test
    void theFirstProcessTakesTheMachineWithItWhenItsLastThreadEnds() throws IOException, InterruptedException {
        final Qemu.Outcome outcome = insteadOfSleeping("CALL_KILL HANDLE_SELF");
        assertTrue(outcome.text().endsWith("init: the rogues are dead, their callers know\n"), outcome.text());
        assertEquals(QemuCommand.EXIT_PANIC, outcome.status());
    }

    private Qemu.Outcome insteadOfSleeping(final String call) throws IOException, InterruptedException {
        final String other = KernelSources.bundled().read("user/init_demo.inc").orElseThrow()
                .replace("CALL_SLEEP SLEEP_TICKS", call);
        return Qemu.boot(Images.build(
                SourceTree.of(Map.of("user/init_demo.inc", other)).over(KernelSources.bundled()), FastPath.ASSEMBLY),
                directory);
    }

    @Test
    void aSystemInWhichEverybodyWaitsIsNotSilent() throws IOException, InterruptedException {
        final Qemu.Outcome outcome = insteadOfSleeping("CALL_RECV HANDLE_REPORT, 0");
        assertTrue(outcome.text().contains("bantam: panic: all threads wait for each other\n"), outcome.text());
        assertEquals(QemuCommand.EXIT_PANIC, outcome.status());
    }

    private String panic(final String code) throws IOException, InterruptedException {
        final Qemu.Outcome outcome = Qemu.boot(faulty(code), directory);
        assertEquals(QemuCommand.EXIT_PANIC, outcome.status(), outcome.text());
        return outcome.text();
    }

    private static GuestImage faulty(final String code) {
        final String unit = KernelSources.bundled().read(UNIT).orElseThrow();
        assertTrue(unit.contains(PLACE), "where the fault goes");
        return Images.build(SourceTree.of(Map.of(UNIT, unit.replace(PLACE, PLACE + code + "\n")))
                .over(KernelSources.bundled()), FastPath.NONE);
    }
}
