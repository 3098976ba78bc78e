package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ringside.fastpath.lab.LabException;
import ringside.toolchain.image.GuestImage;

/** Searches the schedules of a declared structure, as it is or with a bug in it. */
public final class Interleavings implements AutoCloseable {
    private final ScheduleDeclaration declaration;
    private final ActorImages images;

    /**
     * Builds nothing yet.
     *
     * @param declaration of a structure
     */
    public Interleavings(final ScheduleDeclaration declaration) {
        this.declaration = declaration;
        images = new ActorImages(declaration);
    }

    /**
     * {@return all scenarios, searched, each to its own end}
     *
     * @param scenarios of the declaration, perhaps with other bounds
     */
    public List<Search> sweep(final List<Scenario> scenarios) {
        final List<Search> searches = new ArrayList<>();
        for (final Scenario scenario : scenarios) {
            searches.add(search(scenario, Optional.empty()));
        }
        return searches;
    }

    /**
     * {@return the searches for a bug: scenario after scenario until one finds it, without those whose emitted code has
     * not its place}
     *
     * @param mutant    the bug
     * @param scenarios of the declaration, perhaps with other bounds
     */
    public List<Search> hunt(final Mutant mutant, final List<Scenario> scenarios) {
        final List<Search> searches = new ArrayList<>();
        final List<Scenario> all = scenarios.stream()
                .filter(scenario -> Emission.obstacle(declaration, scenario, mutant).isEmpty()).toList();
        for (final Scenario scenario : all.isEmpty() ? scenarios : all) {
            searches.add(search(scenario, Optional.of(mutant)));
            if (searches.getLast().failed()) {
                break;
            }
        }
        return searches;
    }

    /**
     * {@return the searches for all declared bugs, in their order} They go on side by side where the host has
     * processors for it; the result does not depend on that.
     *
     * @param scenarios of the declaration, perhaps with other bounds
     */
    public List<List<Search>> huntAll(final List<Scenario> scenarios) {
        try (ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            final List<Future<List<Search>>> pending = declaration.mutants().stream()
                    .map(mutant -> pool.submit(() -> hunt(mutant, scenarios))).toList();
            return pending.stream().map(Interleavings::await).toList();
        }
    }

    /** {@return what the claims of the declaration come to, in its order} */
    public List<ScheduleVerdict> judge() {
        return declaration.claims().stream()
                .map(claim -> new ScheduleVerdict(claim, search(claim.scenario(), claim.mutant()))).toList();
    }

    /**
     * Searches one scenario.
     *
     * @param scenario which
     * @param mutant   a bug to plant
     * @return what came of it
     */
    public Search search(final Scenario scenario, final Optional<Mutant> mutant) {
        final GuestImage image = image(scenario, mutant);
        final SequentialModel model = model(scenario);
        try (Stage stage = open(scenario, mutant, image)) {
            final Explorer.Sweep sweep = Explorer.sweep(stage, model, scenario.preemptions(), scenario.limit());
            return new Search(scenario, mutant, image, images.sources(), sweep.schedules(), sweep.complete(),
                    sweep.finding().map(finding -> stage.replay(finding.outcome().schedule(), model)));
        }
    }

    /**
     * Follows one schedule.
     *
     * @param scenario which
     * @param mutant   a bug to plant
     * @param schedule of its CPUs
     * @return what came of it
     * @throws IllegalArgumentException where the schedule names a CPU that there is not
     */
    public Search replay(final Scenario scenario, final Optional<Mutant> mutant, final Schedule schedule) {
        final GuestImage image = image(scenario, mutant);
        try (Stage stage = open(scenario, mutant, image)) {
            return new Search(scenario, mutant, image, images.sources(), 1, false,
                    Optional.of(stage.replay(schedule, model(scenario))));
        }
    }

    SequentialModel model(final Scenario scenario) {
        return declaration.model().start(scenario, declaration.spurious());
    }

    GuestImage image(final Scenario scenario, final Optional<Mutant> mutant) {
        return images.build(scenario, mutant);
    }

    private Stage open(final Scenario scenario, final Optional<Mutant> mutant, final GuestImage image) {
        try {
            return Stage.open(image, scenario.cpus(), scenario.memory(), declaration.waits());
        } catch (final IllegalArgumentException nowhere) {
            throw new LabException(declaration.files().file(),
                    "scenario." + scenario.name() + mutant.map(bug -> " with mutant." + bug.name()).orElse(""),
                    nowhere.getMessage());
        }
    }

    private static <T> T await(final Future<T> pending) {
        try {
            return pending.get();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", interrupted);
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("a search failed", failed.getCause());
        }
    }

    @Override
    public void close() {
        images.close();
    }
}
