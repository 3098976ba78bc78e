package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.KernelSources;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/**
 * Bantam with a test in the place of its first tasks: code that calls the kernel's own routines on a list of numbers
 * and leaves what they return for the host to read.
 */
final class Harness {
    /** Words that the code may leave at {@code test_results}. */
    static final int RESULTS = 8192;
    /** Instructions between two steps that {@link #watch} looks at. */
    static final int PAUSE = 400;

    private static final String UNIT = "boot/tasks_start.asm";
    private static final Budget ALL = Budget.steps(500_000_000);
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private final GuestImage image;
    private final MemorySegment ram;
    private final long results;

    private Harness(final GuestImage image, final MemorySegment ram) {
        this.image = image;
        this.ram = ram;
        this.results = image.symbols().byName("test_results").orElseThrow().address() - KernelMemory.KERNEL_BASE;
    }

    /**
     * Runs a test to its end.
     *
     * @param bytes  RAM of the machine
     * @param code   what stands at {@code tasks_start}; it finds {@code test_script}, {@code test_script_end} and
     *               {@code test_results}, and goes to {@code test_done}
     * @param script the numbers
     * @return what it left behind
     */
    static Harness run(final long bytes, final String code, final List<Long> script) {
        return run(bytes, build(code, script, false));
    }

    /** Runs a test as {@link #run} does, in the kernel for several CPUs, on one. */
    static Harness runSmp(final long bytes, final String code, final List<Long> script) {
        return run(bytes, build(code, script, true));
    }

    private static Harness run(final long bytes, final GuestImage image) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = Machine.boot(
                MachineConfig.standard().withMemory(bytes).withSerial(serial::write), image)) {
            assertEquals(new RunResult.Exited(0), machine.run(ALL), () -> serial.toString(StandardCharsets.US_ASCII));
            return new Harness(image, MemorySegment.ofArray(machine.cpu().memory().toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    /**
     * Runs a test and looks at the machine after each of its steps. The code counts its steps in the result
     * {@code counter} and then waits for at least {@link #PAUSE} instructions.
     *
     * @param code    as in {@link #run}
     * @param script  the numbers
     * @param counter which result counts
     * @param watcher is told the number of steps done, and can read the machine
     */
    static void watch(
            final String code, final List<Long> script, final int counter, final BiConsumer<Integer, Harness> watcher) {
        final GuestImage image = build(code, script, false);
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            final Harness kernel = new Harness(image, machine.cpu().memory());
            RunResult result = machine.run(Budget.steps(PAUSE / 2));
            for (int step = 0; !(result instanceof RunResult.Exited); result = machine.run(Budget.steps(PAUSE / 2))) {
                if (kernel.result(counter) > step) {
                    step++;
                    assertEquals(step, kernel.result(counter), "no step is missed");
                    watcher.accept(step, kernel);
                }
            }
            assertEquals(new RunResult.Exited(0), result);
        }
    }

    private static GuestImage build(final String code, final List<Long> script, final boolean smp) {
        final String unit = """
                %include "abi/machine.inc"
                %include "abi/kernel.inc"
                %include "abi/layout.inc"
                %include "abi/calls.inc"
                section .text
                global tasks_start
                tasks_start:
                        call    frame_start_rest
                """ + code + """
                test_done:
                        xor     edi, edi
                        jmp     machine_exit
                section .data
                align 8
                test_script:
                """ + script.stream().map(number -> "dq " + number + "\n").collect(Collectors.joining()) + """
                test_script_end:
                section .bss
                align 8
                global test_results
                test_results:
                """ + "resb " + RESULTS * Long.BYTES + "\n";
        try (KernelImageBuilder builder = KernelImageBuilder.start(
                SourceTree.of(Map.of(UNIT, unit)).over(KernelSources.bundled()))) {
            return builder.build(new KernelFeatures(FastPath.NONE, smp));
        }
    }

    /** {@return a word that the code left} */
    long result(final int index) {
        return physical(results + (long) index * Long.BYTES);
    }

    /** {@return a 64-bit variable of the kernel's image} */
    long variable(final String symbol) {
        return variable(symbol, 0);
    }

    /** {@return a field of a record in the kernel's image} */
    long variable(final String symbol, final int offset) {
        return physical(image.symbols().byName(symbol).orElseThrow().address() - KernelMemory.KERNEL_BASE + offset);
    }

    /** {@return the word at a physical address} */
    long physical(final long address) {
        return ram.get(WORD, address);
    }

    /** {@return the word at an address below {@code DIRECT_BASE}'s root entry} */
    long direct(final long address) {
        return physical(address - KernelMemory.DIRECT_BASE);
    }

    /** {@return the entry that maps an address, or 0} */
    long leaf(final long root, final long address) {
        long table = root;
        for (int shift = 39;; shift -= 9) {
            final long entry = direct(table + (address >>> shift & 0x1ff) * Long.BYTES);
            if ((entry & 1) == 0) {
                return 0;
            }
            if (shift == 12 || (entry & 0x80) != 0) {
                return entry;
            }
            table = KernelMemory.DIRECT_BASE + (entry & 0x000f_ffff_ffff_f000L);
        }
    }
}
