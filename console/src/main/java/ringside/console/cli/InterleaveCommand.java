package ringside.console.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import ringside.console.report.InterleaveJson;
import ringside.console.report.InterleaveText;
import ringside.fastpath.interleave.Interleavings;
import ringside.fastpath.interleave.MemoryOrder;
import ringside.fastpath.interleave.Mutant;
import ringside.fastpath.interleave.Scenario;
import ringside.fastpath.interleave.Schedule;
import ringside.fastpath.interleave.ScheduleDeclaration;
import ringside.fastpath.interleave.ScheduleReader;
import ringside.fastpath.interleave.ScheduleVerdict;
import ringside.fastpath.interleave.Search;
import ringside.fastpath.lab.LabFiles;

/** {@code ringside interleave}: a structure under every schedule with a few preemptions. */
@Command(
    name = "interleave",
    header = "Search the schedules of a queue, a stack or a lock for one that it does not survive.",
    description = {"",
        "Runs each scenario with a preemption after every instruction of every CPU, and holds what the CPUs did",
        "against what one could have done alone. Ends with 1 where something is wrong, and with --mutants where a bug",
        "was not found."},
    optionListHeading = "%n",
    mixinStandardHelpOptions = true)
final class InterleaveCommand implements Callable<Integer> {
    @ParentCommand
    private RingsideCommand ringside;

    @Parameters(arity = "0..1", paramLabel = "NAME|FILE.toml",
        description = "One of --list, or a file that declares one (docs/laboratory.md).")
    private String structure;

    @Option(names = "--list", description = "The structures that come with the program.")
    private boolean list;

    @Option(names = "--mutant", paramLabel = "NAME", description = "Plant this bug of the declaration.")
    private String mutant;

    @Option(names = "--mutants", description = "Plant each bug of the declaration, and find it.")
    private boolean mutants;

    @Option(names = "--scenario", paramLabel = "NAME", description = "This scenario alone.")
    private String scenario;

    @Option(names = "--schedule", paramLabel = "TURNS", description = "Follow this schedule of the scenario, the first "
        + "one unless named, and show every instruction: \"0:17 1:* 0:*\" are 17 of CPU 0, then CPU 1 to its end, then "
        + "CPU 0. Where stores wait, 0:17+2 lets the oldest two reach the others.")
    private String schedule;

    @Option(names = "--preemptions", paramLabel = "N", description = "At most so many, 0 to 2, in place of each "
        + "scenario's own number.")
    private Integer preemptions;

    @Option(names = "--memory", paramLabel = "sc|tso", description = "Whether stores reach the others at once or wait "
        + "in buffers, in place of each scenario's own order.")
    private String memory;

    @Option(names = "--claims", description = "What the searches say to the claims of the declaration.")
    private boolean claims;

    @Option(names = "--json", description = "What was found as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (list) {
            LabFiles.schedules().forEach(name -> ringside.terminal().out().println(String.format(Locale.ROOT,
                "%-16s %s", name, ScheduleReader.read(LabFiles.findSchedule(name)).title())));
            return ExitStatus.FINE.code();
        }
        if (structure == null) {
            throw new WrongUseException("a structure is wanted: one of " + String.join(", ", LabFiles.schedules())
                + ", or a file that ends in .toml");
        }
        if (Stream.of(claims, mutants, mutant != null || schedule != null).filter(one -> one).count() > 1) {
            throw new WrongUseException("--claims, --mutants, and --mutant or --schedule: one at a time");
        }
        final ScheduleDeclaration declaration = ScheduleReader.read(LabFiles.findSchedule(structure));
        if ((mutants || mutant != null) && declaration.mutants().isEmpty()) {
            throw new WrongUseException("--mutant and --mutants: " + structure + " declares no bug to plant");
        }
        try (Interleavings interleavings = new Interleavings(declaration)) {
            if (claims) {
                final List<ScheduleVerdict> verdicts = interleavings.judge();
                ringside.terminal().out().print(json
                    ? InterleaveJson.claims(declaration, verdicts, Version.current())
                    : InterleaveText.claims(declaration, verdicts, ringside.terminal().columns()));
                return ExitStatus.FINE.code();
            }
            final List<Search> searches = searches(declaration, interleavings);
            ringside.terminal().out().print(json ? InterleaveJson.of(declaration, searches, Version.current())
                : InterleaveText.of(declaration, structure, searches, schedule != null,
                    ringside.terminal().columns()));
            return status(searches).code();
        }
    }

    private List<Search> searches(final ScheduleDeclaration declaration, final Interleavings interleavings) {
        final List<Scenario> scenarios = scenarios(declaration);
        if (mutants) {
            return interleavings.huntAll(scenarios).stream().map(List::getLast).toList();
        }
        final Optional<Mutant> planted = mutant == null ? Optional.empty() : Optional.of(declaration.mutant(mutant)
            .orElseThrow(() -> new WrongUseException("--mutant: there are "
                + String.join(", ", declaration.mutants().stream().map(Mutant::name).toList()))));
        if (schedule != null) {
            return List.of(replay(interleavings, scenarios.getFirst(), planted));
        }
        return planted.map(bug -> interleavings.hunt(bug, scenarios)).orElseGet(() -> interleavings.sweep(scenarios));
    }

    private Search replay(final Interleavings interleavings, final Scenario of, final Optional<Mutant> planted) {
        try {
            return interleavings.replay(of, planted, Schedule.parse(schedule));
        } catch (final IllegalArgumentException wrong) {
            throw new WrongUseException("--schedule: " + wrong.getMessage());
        }
    }

    private List<Scenario> scenarios(final ScheduleDeclaration declaration) {
        if (preemptions != null && (preemptions < 0 || preemptions > 2)) {
            throw new WrongUseException("--preemptions: 0, 1 or 2");
        }
        final List<Scenario> scenarios = new ArrayList<>();
        for (final Scenario one : declaration.scenarios()) {
            if (scenario == null || scenario.equals(one.name())) {
                final Scenario bounded = preemptions == null ? one : one.withPreemptions(preemptions);
                scenarios.add(memory == null ? bounded : bounded.withMemory(order()));
            }
        }
        if (scenarios.isEmpty()) {
            throw new WrongUseException("--scenario: there are "
                + String.join(", ", declaration.scenarios().stream().map(Scenario::name).toList()));
        }
        return scenarios;
    }

    private MemoryOrder order() {
        for (final MemoryOrder order : MemoryOrder.values()) {
            if (order.key().equals(memory)) {
                return order;
            }
        }
        throw new WrongUseException("--memory: sc or tso");
    }

    private ExitStatus status(final List<Search> searches) {
        return searches.stream().anyMatch(search -> search.failed() != mutants)
            ? ExitStatus.GUEST_FAILED : ExitStatus.FINE;
    }
}
