package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.profile.CallCount;

/** Bantam's system calls, on the real kernel and the real machine. */
class CallProfileTest {
    private static final long WHOLE_RUN = 1_000_000_000;
    /** Two numbers of words, 64 timed calls each, one untimed one before, four to warm. */
    private static final int CALLS_OF_A_SERVER = 2 * 64 + 4;

    @TempDir
    private Path directory;

    private static List<CallCount> counts(final Variant variant) {
        return CallRun.of(MachineConfig.standard(), Bantam.image(variant), Optional.empty(), WHOLE_RUN,
            Optional.empty()).counts();
    }

    private static String told(final List<CallCount> counts) {
        return counts.stream().map(count -> String.join(" ", count.client(), count.call(), count.peer().orElse("-"),
            count.result().orElse("-"), Long.toString(count.count()))).sorted().collect(Collectors.joining("\n"));
    }

    /** A fast path is a shorter way to the same: whoever calls whom how often, and what comes back, stays. */
    @Test
    void everyVariantOfTheKernelMakesTheSameCallsWithTheSameResults() {
        final String slow = told(counts(Variant.SLOW));
        assertTrue(slow.contains("\nclient/client_main call client/server_main ok " + CALLS_OF_A_SERVER + "\n"), slow);
        assertTrue(slow.contains("\nclient/client_main call server/server_main ok " + CALLS_OF_A_SERVER + "\n"), slow);
        assertTrue(slow.contains("\ninit/init_main call rogue-divide/rogue_main dead 1\n"), slow);
        assertEquals(slow, told(counts(Variant.FAST_ASM)));
        assertEquals(slow, told(counts(Variant.FAST_GENERATED)));
    }

    @Test
    void tableFitsEightyColumnsAndErrorsAreThoseOfTheObject() {
        final CommandRun table = CommandRun.of("profile", "--calls", "--model=zen4-caches");
        assertEquals(0, table.code(), table.err());
        table.out().lines().forEach(line -> assertTrue(line.length() <= 80 && line.equals(line.stripTrailing()), line));
        assertTrue(table.out().contains(" zen4-caches-"), table.out());
        final CommandRun errors = CommandRun.of("profile", "--calls", "--errors");
        assertTrue(errors.out().contains("abandoned"), errors.out());
        assertTrue(errors.out().lines().noneMatch(line -> line.contains(" ok ")), errors.out());
        final CommandRun object = CommandRun.of("profile", "--calls", "--errors", "--json");
        assertTrue(object.out().contains("\"result\": \"abandoned\""), object.out());
        assertTrue(!object.out().contains("\"fine\": true"), object.out());
    }

    @Test
    void anImageWithoutTheProbesIsRefusedByName() throws Exception {
        final Path kernel = TinyGuests.write(directory.resolve("tiny.elf"), code -> TinyGuests.count(code, 1));
        final CommandRun run = CommandRun.of("profile", "--calls", kernel.toString());
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().startsWith("ringside: --calls: " + kernel + " has no probes call_result"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tree", "--lines", "--switches", "--diff=slow", "--annotate=x", "--export=svg=/dev/null"})
    void otherViewsBesideItAreRefused(final String option) {
        final CommandRun run = CommandRun.of("profile", "--calls", option);
        assertEquals(2, run.code());
        assertTrue(run.err().startsWith("ringside: --"), run.err());
    }
}
