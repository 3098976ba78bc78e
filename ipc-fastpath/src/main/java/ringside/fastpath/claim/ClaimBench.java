package ringside.fastpath.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.LabException;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.LabVariant;
import ringside.fastpath.lab.Laboratory;
import ringside.fastpath.lab.Verdict;
import ringside.profiler.model.ModelException;
import ringside.toolchain.asm.AsmException;
import ringside.toolchain.image.LinkException;

/** Runs the experiments whose rules name rows of a list, each once, and puts together what they say to each row. */
public final class ClaimBench {
    private ClaimBench() {
    }

    /** What came of one experiment. */
    private record Outcome(ClaimReport.Experiment experiment, List<Finding> findings) {
    }

    /**
     * Runs and reports. Experiments run side by side where the host has processors for it; the report does not depend
     * on that. One that gives no result is named in the report, and the others go on.
     *
     * @param list         the rows
     * @param declarations the experiments that there are; those that name none of the rows are not run
     * @param progress     hears which experiment begins, and of how many
     * @return the report
     */
    public static ClaimReport run(
            final ClaimList list, final List<Declaration> declarations, final Progress progress) {
        final Set<String> wanted = list.rows().stream().map(ClaimRow::id).collect(Collectors.toSet());
        final List<Declaration> needed = declarations.stream().filter(one -> names(one, wanted))
                .sorted(Comparator.comparing(Declaration::name)).toList();
        final SequencedMap<Declaration, Outcome> outcomes = new LinkedHashMap<>();
        final int workers = Runtime.getRuntime().availableProcessors();
        final ExecutorService machines = Executors.newFixedThreadPool(workers);
        final ExecutorService experiments = Executors.newFixedThreadPool(workers);
        try {
            final AtomicInteger begun = new AtomicInteger();
            final List<Future<Outcome>> pending = new ArrayList<>();
            for (final Declaration one : needed) {
                pending.add(experiments.submit(() -> {
                    progress.begins(begun.incrementAndGet() + " of " + needed.size() + ": " + one.name());
                    return outcome(one, machines);
                }));
            }
            for (int i = 0; i < needed.size(); i++) {
                outcomes.put(needed.get(i), await(pending.get(i)));
            }
        } finally {
            experiments.shutdownNow();
            machines.shutdownNow();
        }
        return new ClaimReport(list.rows().stream().map(row -> row(row, outcomes)).toList(),
                outcomes.values().stream().map(Outcome::experiment).toList());
    }

    /** {@return whether a rule of an experiment names one of some rows} */
    private static boolean names(final Declaration declaration, final Set<String> rows) {
        return declaration.claims().stream().anyMatch(claim -> claim.rows().stream().anyMatch(rows::contains));
    }

    private static ClaimReport.Row row(final ClaimRow row, final SequencedMap<Declaration, Outcome> outcomes) {
        final List<Finding> findings = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        outcomes.forEach((declaration, outcome) -> {
            if (outcome.experiment.failure().isPresent() && names(declaration, Set.of(row.id()))) {
                failures.add(declaration.name());
            }
            outcome.findings.stream().filter(finding -> finding.judgement().claim().rows().contains(row.id()))
                    .forEach(findings::add);
        });
        return new ClaimReport.Row(row, verdict(row, findings, failures), findings, failures);
    }

    private static RowVerdict verdict(
            final ClaimRow row, final List<Finding> findings, final List<String> failures) {
        if (!failures.isEmpty()) {
            return RowVerdict.FAILED;
        }
        return findings.stream().map(finding -> finding.judgement().verdict()).reduce(Verdict::worse)
                .map(RowVerdict::of).orElse(row.undecidable().isPresent()
                        ? RowVerdict.NOT_MEASURABLE_HERE : RowVerdict.NO_EXPERIMENT);
    }

    private static Outcome outcome(final Declaration declaration, final ExecutorService machines) {
        final String name = declaration.name();
        try {
            final LabResult result = Laboratory.run(declaration, Progress.SILENT, machines);
            return new Outcome(new ClaimReport.Experiment(name, declaration.title(), result.runs().size(),
                    result.runs().stream().mapToLong(LabVariant::instructions).sum(), Optional.empty()),
                    Findings.of(result));
        } catch (final GuestFailedException | LabException | AsmException | LinkException | ModelException failure) {
            return new Outcome(new ClaimReport.Experiment(name, declaration.title(), 0, 0,
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
