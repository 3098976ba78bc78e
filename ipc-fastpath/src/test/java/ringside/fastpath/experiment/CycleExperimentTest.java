package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ringside.profiler.model.Cause;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.PhaseShare;
import ringside.profiler.profile.RoundCost;
import ringside.profiler.profile.RoundStep;

/** The bench under cycle models, on the real kernel. */
class CycleExperimentTest {
    private static final List<Microarchitecture> MAKES =
            List.of(Microarchitecture.named("zen4"), Microarchitecture.named("skylake"));

    private static IpcExperiment counted;
    private static List<ModelCycles> models;

    @BeforeAll
    static void run() {
        counted = IpcExperiment.run(Progress.SILENT);
        models = CycleExperiment.run(counted, MAKES, Progress.SILENT);
    }

    private static void addsUp(final PathKey key, final RoundCost round) {
        final List<String> phases =
                counted.report().get(key).counts().phases().stream().map(PhaseShare::name).toList();
        final String where = key + ", round " + round.number();
        assertEquals(0, round.residueCycles(), where);
        assertEquals(0, round.otherCycles(), where);
        assertEquals(round.cycles(), round.userCycles()
                + round.phases(phases).values().stream().mapToLong(Long::longValue).sum(), where);
        assertEquals(round.cycles(), round.causes().values().stream().mapToLong(Long::longValue).sum(), where);
    }

    @Test
    void phasesAndCausesOfEveryRoundAddUpToItsCycles() {
        for (final ModelCycles model : models) {
            for (final PathCycles path : model.paths().values()) {
                path.rounds().forEach(round -> addsUp(path.path(), round));
                path.cold().forEach(round -> addsUp(path.path(), round));
                path.first().ifPresent(round -> {
                    if (path.path().direction() == Direction.ROUND_TRIP) {
                        assertEquals(round.cycles(),
                                round.causes().values().stream().mapToLong(Long::longValue).sum());
                    }
                });
            }
        }
    }

    /** Whatever the model and however cold: what was executed is what the bench counted. */
    @Test
    void instructionsOfEveryRoundAreThoseThatWereCounted() {
        for (final ModelCycles model : models) {
            for (final PathCycles path : model.paths().values()) {
                final Measurement measured = counted.report().get(path.path());
                assertEquals(IpcWindows.ROUNDS, path.rounds().size(), path.path().toString());
                for (final RoundCost round : path.rounds()) {
                    assertEquals(measured.window().path().stream().map(step -> step.address()).toList(),
                            round.steps().stream().map(RoundStep::address).toList(), path.path().toString());
                }
                path.cold().forEach(round -> assertEquals(measured.counts().instructions(), round.instructions()));
            }
        }
    }

    @Test
    void everyPathSettlesWithinTheWarmUpOfTheBench() {
        for (final ModelCycles model : models) {
            for (final PathCycles path : model.paths().values()) {
                assertTrue(path.settling().after() <= IpcWindows.WARM_UP, path.path() + ": " + path.settling());
            }
        }
    }

    @Test
    void coldCoreMissesWhatASettledOneHas() {
        for (final ModelCycles model : models) {
            for (final PathCycles path : model.paths().values()) {
                final RoundCost cold = path.coldRound();
                final RoundCost settled = path.settledRound();
                assertTrue(cold.cycles() > settled.cycles() * 3 / 2, path.path().toString());
                assertTrue(cold.causes().getOrDefault(Cause.TLB, 0L) > 0, path.path().toString());
                // The null call's few instructions lie between serial ones, which have the blame for other misses.
                if (path.path().experiment() == Experiment.CALL) {
                    assertTrue(cold.causes().getOrDefault(Cause.L3, 0L) > 0, path.path().toString());
                    assertTrue(cold.causes().getOrDefault(Cause.CODE_MISS, 0L) > 0, path.path().toString());
                }
                assertEquals(0, settled.causes().getOrDefault(Cause.L3, 0L), path.path().toString());
                assertEquals(0, settled.causes().getOrDefault(Cause.DRAM, 0L), path.path().toString());
            }
        }
    }

    @Test
    void veryFirstCallOfTheRunMissesItsCodeAndTakesTheGeneralWay() {
        final PathKey trip = PathKey.call(Variant.FAST_ASM, Space.SAME, 0, Direction.ROUND_TRIP);
        final Optional<RoundCost> first = models.getFirst().get(trip).first();
        assertTrue(first.isPresent());
        assertTrue(first.get().instructions() > 2 * counted.report().get(trip).counts().instructions(),
                "the server does not wait yet");
        assertTrue(first.get().causes().getOrDefault(Cause.CODE_MISS, 0L) > 0, first.get().causes().toString());
        assertEquals(0, models.getFirst().get(trip).settledRound().causes().getOrDefault(Cause.CODE_MISS, 0L));
    }

    @Test
    void modelsThatFollowTogetherSayWhatEachSaysAlone() {
        final List<ModelCycles> alone = CycleExperiment.run(counted, MAKES.subList(1, 2), Progress.SILENT);
        assertEquals(models.get(1), alone.getFirst());
    }
}
