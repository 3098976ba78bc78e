package ringside.fastpath.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
import ringside.toolchain.asm.SourceTree;

/** Threads that no fast path may leave, or switch to: every call takes the general path, and answers the same. */
class FastGateTest {
    private static final String UNIT = "thread/thread_make.asm";
    private static final Pattern TRIPS = Pattern.compile("round trips, instructions (\\d+)");

    private static String run(final FastPath fastPath, final String from, final String to) {
        final SourceTree bundled = KernelSources.bundled();
        final String unit = bundled.read(UNIT).orElseThrow();
        assertTrue(unit.contains(from), UNIT + " no longer has the line that this test changes");
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (KernelImageBuilder builder = KernelImageBuilder.start(
                SourceTree.of(Map.of(UNIT, unit.replace(from, to))).over(bundled));
                Machine machine = Machine.boot(MachineConfig.standard().withSerial(serial::write),
                        builder.build(new KernelFeatures(fastPath),
                                fastPath == FastPath.GENERATED ? FastPaths.generate() : List.of()))) {
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(200_000_000)), serial::toString);
        }
        return serial.toString(StandardCharsets.UTF_8);
    }

    private static List<Integer> trips(final String text) {
        return TRIPS.matcher(text).results().map(trip -> Integer.valueOf(trip.group(1))).toList();
    }

    private static String rules(final String text) {
        return text.replaceAll("first light, .*", "first light").replaceAll("instructions \\d+", "instructions");
    }

    @ParameterizedTest
    @CsvSource({"ASSEMBLY,from,FROM", "ASSEMBLY,to,TO", "GENERATED,from,FROM", "GENERATED,to,TO"})
    void aThreadThatIsNotPlainTakesTheGeneralPathAndNoticesNothing(
            final FastPath fastPath, final String field, final String constant) {
        final String line = "mov     [rdi + Thread_fast_" + field + "], eax";
        final String general = run(FastPath.NONE, line, line);
        final String gated = run(fastPath, line,
                "mov     dword [rdi + Thread_fast_" + field + "], FAST_NEVER_" + constant);
        assertEquals(rules(general), rules(gated));
        final List<Integer> least = trips(general);
        final List<Integer> found = trips(gated);
        assertEquals(4, found.size());
        for (int i = 0; i < found.size(); i++) {
            assertTrue(found.get(i) > least.get(i), "declined on the way: " + found + ", without a fast path " + least);
        }
    }
}
