package ringside.fastpath.kernel.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.SystemCall;
import ringside.kernel.abi.SystemCalls;
import ringside.kernel.build.KernelFeatures.FastPath;

/**
 * Bantam under random calls from several threads of several processes, which make and end each other, and a host that
 * looks from outside: the kernel goes on, nothing is lost, and no process reaches what no handle of its own allows.
 *
 * <p>A longer run: {@code scripts/fuzz-kernel}, or {@code scripts/fuzz} among all others.
 */
@Tag("fuzz")
class KernelFuzzTest {
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int ENOUGH_SEEDS = 24;
    private static final int SEEDS = Integer.getInteger("ringside.kernelfuzz.seeds", ENOUGH_SEEDS * FACTOR);
    private static final long FIRST = Long.getLong("ringside.fuzz.first", 0);
    private static final int CPUS = Integer.getInteger("ringside.kernelfuzz.cpus", 1);
    private static final int MORE_CPUS = 4;
    private static final int FEWER = 4;
    private static final int SEEDS_OF_A_REPORT = 20;
    private static final int MUTANTS = 9;
    private static final int SEEDS_OF_A_MUTANT = 16;
    private static final int TRIES = 400;
    /** Statuses that a plan does not lead to: quotas add up to what there is, so they are used up before memory is. */
    private static final Set<String> OUT_OF_REACH = Set.of("STATUS_MEMORY");
    /** Calls that give no answer when they succeed. */
    private static final Set<String> SILENT = Set.of("SYS_EXIT");

    private static final Map<String, Map<String, Integer>> STATUSES = new TreeMap<>();
    private static long runs;

    private static Optional<String> run(
            final FuzzImage image, final long seed, final int cpus, final Map<String, Map<String, Integer>> statuses) {
        final Trace trace = new Trace(statuses);
        final FuzzRun run = new FuzzRun(image, new PlanGenerator(image, seed, cpus).generate(), seed, cpus, trace);
        return run.run().or(() -> run.check(trace.touches()));
    }

    @ParameterizedTest
    @EnumSource(FastPath.class)
    void randomCallsNeitherEndTheKernelNorLoseAnObjectNorReachWhatNoHandleAllows(final FastPath fastPath) {
        fuzz(fastPath, CPUS, FIRST + fastPath.ordinal(), FastPath.values().length);
    }

    @Test
    void theSameHoldsOnFourCpus() {
        fuzz(FastPath.ASSEMBLY, MORE_CPUS, FIRST, FEWER);
    }

    private static void fuzz(final FastPath fastPath, final int cpus, final long first, final int step) {
        final FuzzImage image = FuzzImage.build(fastPath, cpus > 1, Map.of());
        for (long seed = first; seed < FIRST + SEEDS; seed += step) {
            final Optional<String> failure = run(image, seed, cpus, STATUSES);
            if (failure.isPresent()) {
                fail(report(image, fastPath, cpus, seed, failure.get()));
            }
            runs++;
            if (SEEDS > ENOUGH_SEEDS && runs % SEEDS_OF_A_REPORT == 0) {
                System.out.println("fast path " + fastPath + ", seed " + seed + ", run " + runs + " of " + SEEDS + ", "
                        + STATUSES.values().stream().flatMap(counts -> counts.values().stream())
                                .mapToInt(Integer::intValue).sum() + " calls answered");
            }
        }
    }

    private static String report(
            final FuzzImage image, final FastPath fastPath, final int cpus, final long seed, final String failure) {
        final Plan plan = new PlanGenerator(image, seed, cpus).generate();
        final Shrinker shrinker = new Shrinker(image, seed, cpus, failure, TRIES);
        final Plan small = shrinker.shrink(plan);
        return "seed " + seed + ", fast path " + fastPath + ", CPUs " + cpus + ": " + failure + "\nit takes "
                + Shrinker.size(small) + " operations of " + Shrinker.size(plan) + ":\n" + shrinker.text(small);
    }

    /** A fuzzer that is refused everything finds nothing. */
    @AfterAll
    static void everyCallSucceededAndEveryStatusWasSeen() {
        if (runs < ENOUGH_SEEDS) {
            return;
        }
        final Set<String> calls = Calls.ALL.values().stream().map(Calls.Call::name)
                .collect(Collectors.toCollection(TreeSet::new));
        calls.removeAll(SILENT);
        calls.removeIf(name -> STATUSES.getOrDefault(name, Map.of()).containsKey("STATUS_OK"));
        assertEquals(Set.of(), calls, () -> "these never succeeded: " + STATUSES);
        final Set<String> statuses = new TreeSet<>(KernelAbi.statuses().values().keySet());
        statuses.removeAll(OUT_OF_REACH);
        STATUSES.values().forEach(counts -> statuses.removeAll(counts.keySet()));
        assertEquals(Set.of(), statuses, () -> "these were never seen: " + STATUSES);
        for (final SystemCall call : SystemCalls.all()) {
            final Set<String> others = new TreeSet<>(STATUSES.getOrDefault(call.constant(), Map.of()).keySet());
            others.remove("STATUS_OK");
            call.errors().forEach(error -> others.remove(error.name()));
            assertEquals(Set.of(), others, () -> call.constant() + " returns what nobody declared");
        }
        if (SEEDS > ENOUGH_SEEDS) {
            STATUSES.forEach((call, counts) -> System.out.println(call + " " + counts));
        }
    }

    static List<Mutant> mutants() {
        return FACTOR == 1 ? Mutant.all().subList(0, MUTANTS) : Mutant.all();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void aMistakeInTheKernelIsFound(final Mutant mutant) {
        final FuzzImage image = FuzzImage.build(FastPath.ASSEMBLY, false, mutant.changes());
        for (long seed = 0; seed < (long) SEEDS_OF_A_MUTANT * FACTOR; seed++) {
            if (run(image, seed, 1, new TreeMap<>()).isPresent()) {
                return;
            }
        }
        fail("nothing was noticed: " + mutant);
    }

    /** Runs try the first few of them; all are to be found in today's kernel. */
    @Test
    void everyMistakeThatLongRunsTryIsOneChangeOfASource() {
        Mutant.all().forEach(mutant -> assertFalse(mutant.changes().isEmpty(), mutant.name()));
    }

    @Test
    void whatFailsIsMadeSmallEnoughToRead() {
        final FuzzImage image = FuzzImage.build(FastPath.ASSEMBLY, false, Mutant.all().getFirst().changes());
        // Which seed finds it depends on where a run's ticks fall.
        final long seed = LongStream.range(0, SEEDS_OF_A_MUTANT)
                .filter(one -> run(image, one, 1, new TreeMap<>()).isPresent())
                .findFirst().orElseThrow();
        final Plan plan = new PlanGenerator(image, seed, 1).generate();
        final String failure = Shrinker.fails(image, plan, seed, 1).orElseThrow();
        final Shrinker shrinker = new Shrinker(image, seed, 1, failure, TRIES);
        final Plan small = shrinker.shrink(plan);
        final String text = shrinker.text(small);
        assertTrue(Shrinker.size(small) < Shrinker.size(plan) / 20, text);
        assertTrue(text.matches("(?s).*thread \\d+: SYS_HANDLE_COPY handle=.* -> STATUS_OK\n.*"), text);
        assertTrue(Shrinker.fails(image, small, seed, 1).isPresent(), text);
    }
}
