package ringside.fastpath.claim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.interleave.Interleavings;
import ringside.fastpath.interleave.ScheduleClaim;
import ringside.fastpath.interleave.ScheduleDeclaration;
import ringside.fastpath.interleave.ScheduleVerdict;
import ringside.fastpath.lab.ClaimRule;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.LabException;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.LabVariant;
import ringside.fastpath.lab.Laboratory;
import ringside.fastpath.lab.Verdict;
import ringside.profiler.model.ModelException;
import ringside.toolchain.asm.AsmException;
import ringside.toolchain.image.LinkException;

/**
 * Runs the experiments and searches the structures whose rules name rows of a list, each once, and puts together what
 * they say to each row.
 */
public final class ClaimBench {
    private ClaimBench() {
    }

    /** Something with rules, and how to find out what they say. */
    private record Work(String called, Set<String> rows, Supplier<Outcome> run) {
    }

    /** What came of one experiment or structure: one of both. */
    private record Outcome(Optional<ClaimReport.Experiment> experiment, Optional<ClaimReport.Structure> structure,
            List<? extends Finding> findings) {
        static Outcome of(final ClaimReport.Experiment experiment, final List<Measured> findings) {
            return new Outcome(Optional.of(experiment), Optional.empty(), findings);
        }

        static Outcome of(final ClaimReport.Structure structure, final List<Searched> findings) {
            return new Outcome(Optional.empty(), Optional.of(structure), findings);
        }

        /** {@return its name, if it gave no result} */
        Optional<String> failed() {
            return experiment.filter(one -> one.failure().isPresent()).map(ClaimReport.Experiment::name)
                    .or(() -> structure.filter(one -> one.failure().isPresent()).map(ClaimReport.Structure::name));
        }
    }

    /**
     * Runs and reports. All go on side by side where the host has processors for it; the report does not depend on
     * that. One that gives no result is named in the report, and the others go on.
     *
     * @param list         the rows
     * @param declarations the experiments that there are; those that name none of the rows are not run
     * @param structures   those whose schedules can be searched; likewise, and of one that is searched all rules are
     * @param progress     hears what begins, and of how many
     * @return the report
     */
    public static ClaimReport run(final ClaimList list, final List<Declaration> declarations,
            final List<ScheduleDeclaration> structures, final Progress progress) {
        final int workers = Runtime.getRuntime().availableProcessors();
        final ExecutorService machines = Executors.newFixedThreadPool(workers);
        final ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            final Set<String> wanted = list.rows().stream().map(ClaimRow::id).collect(Collectors.toSet());
            final List<Work> needed = Stream.concat(
                    declarations.stream().sorted(Comparator.comparing(Declaration::name))
                            .map(one -> work(one, machines)),
                    structures.stream().sorted(Comparator.comparing(one -> one.files().name())).map(ClaimBench::work))
                    .filter(one -> one.rows.stream().anyMatch(wanted::contains)).toList();
            final AtomicInteger begun = new AtomicInteger();
            final List<Future<Outcome>> pending = needed.stream().map(one -> pool.submit(() -> {
                progress.begins(begun.incrementAndGet() + " of " + needed.size() + ": " + one.called);
                return one.run.get();
            })).toList();
            return report(list, needed, pending.stream().map(ClaimBench::await).toList());
        } finally {
            pool.shutdownNow();
            machines.shutdownNow();
        }
    }

    private static Work work(final Declaration declaration, final ExecutorService machines) {
        return new Work(declaration.name(), rows(declaration.claims().stream().map(ClaimRule::rows)),
                () -> outcome(declaration, machines));
    }

    private static Work work(final ScheduleDeclaration structure) {
        return new Work("schedules of " + structure.files().name(),
                rows(structure.claims().stream().map(ScheduleClaim::rows)), () -> outcome(structure));
    }

    private static Set<String> rows(final Stream<List<String>> rules) {
        return rules.flatMap(Collection::stream).collect(Collectors.toCollection(HashSet::new));
    }

    private static ClaimReport report(final ClaimList list, final List<Work> needed, final List<Outcome> outcomes) {
        final List<ClaimReport.Row> rows = new ArrayList<>();
        for (final ClaimRow row : list.rows()) {
            final List<Finding> findings = new ArrayList<>();
            final List<String> failures = new ArrayList<>();
            for (int i = 0; i < needed.size(); i++) {
                if (needed.get(i).rows.contains(row.id())) {
                    outcomes.get(i).failed().ifPresent(failures::add);
                    outcomes.get(i).findings.stream().filter(one -> one.rows().contains(row.id()))
                            .forEach(findings::add);
                }
            }
            rows.add(new ClaimReport.Row(row, verdict(row, findings, failures), findings, failures));
        }
        return new ClaimReport(rows, outcomes.stream().flatMap(one -> one.experiment.stream()).toList(),
                outcomes.stream().flatMap(one -> one.structure.stream()).toList());
    }

    private static RowVerdict verdict(
            final ClaimRow row, final List<Finding> findings, final List<String> failures) {
        if (!failures.isEmpty()) {
            return RowVerdict.FAILED;
        }
        return findings.stream().map(Finding::verdict).reduce(Verdict::worse)
                .map(RowVerdict::of).orElse(row.undecidable().isPresent()
                        ? RowVerdict.NOT_MEASURABLE_HERE : RowVerdict.NO_EXPERIMENT);
    }

    private static Outcome outcome(final Declaration declaration, final ExecutorService machines) {
        final String name = declaration.name();
        try {
            final LabResult result = Laboratory.run(declaration, Progress.SILENT, machines);
            return Outcome.of(new ClaimReport.Experiment(name, declaration.title(), result.runs().size(),
                    result.runs().stream().mapToLong(LabVariant::instructions).sum(), Optional.empty()),
                    Findings.of(result));
        } catch (final GuestFailedException | LabException | AsmException | LinkException | ModelException failure) {
            return Outcome.of(new ClaimReport.Experiment(name, declaration.title(), 0, 0,
                    Optional.of(failure.getMessage())), List.of());
        }
    }

    private static Outcome outcome(final ScheduleDeclaration structure) {
        final String name = structure.files().name();
        try (Interleavings interleavings = new Interleavings(structure)) {
            final List<ScheduleVerdict> verdicts = interleavings.judge();
            return Outcome.of(new ClaimReport.Structure(name, structure.title(), verdicts.size(),
                    verdicts.stream().mapToLong(one -> one.search().schedules()).sum(), Optional.empty()),
                    verdicts.stream().map(one -> new Searched(name, one)).toList());
        } catch (final LabException | AsmException | LinkException failure) {
            return Outcome.of(new ClaimReport.Structure(name, structure.title(), 0, 0,
                    Optional.of(failure.getMessage())), List.of());
        }
    }

    private static Outcome await(final Future<Outcome> pending) {
        try {
            return pending.get();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the claims' bench was interrupted", interrupted);
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("an experiment failed", failed.getCause());
        }
    }
}
