package ringside.console.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.fastpath.experiment.Direction;
import ringside.fastpath.experiment.Experiment;
import ringside.fastpath.experiment.IpcReport;
import ringside.fastpath.experiment.IpcWindows;
import ringside.fastpath.experiment.ModelCycles;
import ringside.fastpath.experiment.PathCycles;
import ringside.fastpath.experiment.PathKey;
import ringside.fastpath.experiment.Space;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.Distribution;
import ringside.profiler.profile.PhaseShare;
import ringside.profiler.profile.RoundCost;
import ringside.profiler.profile.Settling;

/** The bench under cycle models for a reader: every path settled, cold and for the first time; then one path's why. */
public final class CycleTable {
    private static final String PATHS = "%-18s%6s%6s%7s%8s%6s%7s%8s%6s%7s";
    private static final String PARTS = "  %-14s%9s%9s%9s%9s%9s";
    private static final String SPREAD = "  %-14s%8s%8s%8s%8s%8s%8s%8s";
    private static final String OTHER_PATH = "*";

    private final IpcReport counts;
    private final ModelCycles cycles;
    private final List<String> lines = new ArrayList<>();

    private CycleTable(final IpcReport counts, final ModelCycles cycles) {
        this.counts = counts;
        this.cycles = cycles;
    }

    /**
     * {@return the tables, ending in a line feed}
     *
     * @param counts of the same paths
     * @param models what they cost, by model
     * @param chosen the path whose phases are shown
     */
    public static String of(final IpcReport counts, final List<ModelCycles> models, final PathKey chosen) {
        final List<String> lines = new ArrayList<>();
        for (final ModelCycles model : models) {
            final CycleTable table = new CycleTable(counts, model);
            table.answer();
            table.paths();
            table.parts(model.get(chosen));
            table.causes(model.get(chosen));
            table.spread(model.get(chosen));
            table.lines.add("");
            lines.addAll(table.lines);
        }
        lines.addAll(notes(counts));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private void answer() {
        final PathCycles call = path(Variant.FAST_ASM, Space.CROSS, 0, Direction.CALL);
        final PathCycles trip = path(Variant.FAST_ASM, Space.CROSS, 0, Direction.ROUND_TRIP);
        add("Cycles of model %s. A call into another address space: %d one way, %d", cycles.model(),
            call.settledRound().cycles(), trip.settledRound().cycles());
        add("there and back, settled; by a cold core %d one way, %d there and back.",
            call.coldRound().cycles(), trip.coldRound().cycles());
        lines.add("");
    }

    private void paths() {
        add(PATHS, "", "", "", "settled", "", "", "cold", "", "", "first");
        add(PATHS, "", "call", "reply", "trip", "call", "reply", "trip", "call", "reply", "trip");
        single("null system call", Experiment.NULL_SYSCALL);
        lines.add("");
        single("signal, nobody waits", Experiment.SIGNAL);
        lines.add("");
        single("signal, a thread waits that is not more urgent", Experiment.WAKE);
        for (final Space space : Space.values()) {
            for (final int words : PathKey.WORDS) {
                lines.add("");
                add("%s, %d words", space == Space.SAME ? "same address space" : "other address space", words);
                for (final Variant variant : Variant.values()) {
                    final List<Object> cells = new ArrayList<>(List.of("  " + variant));
                    for (final Function<PathCycles, Object> what : List.<Function<PathCycles, Object>>of(
                            path -> path.settledRound().cycles(), path -> path.coldRound().cycles(), this::first)) {
                        Arrays.stream(Direction.values()).map(direction -> path(variant, space, words, direction))
                            .map(what).forEach(cells::add);
                    }
                    add(PATHS, cells.toArray());
                }
            }
        }
    }

    private void single(final String title, final Experiment experiment) {
        lines.add(title);
        for (final Variant variant : Variant.values()) {
            final PathCycles path = cycles.get(PathKey.single(experiment, variant));
            add(PATHS, "  " + variant, "", "", path.settledRound().cycles(), "", "", path.coldRound().cycles(), "", "",
                first(path));
        }
    }

    private Object first(final PathCycles path) {
        final Optional<RoundCost> first = path.first();
        if (first.isEmpty()) {
            return "-";
        }
        final boolean other = first.get().instructions() != counts.get(path.path()).counts().instructions();
        return first.get().cycles() + (other ? OTHER_PATH : "");
    }

    private void parts(final PathCycles path) {
        final RoundCost settled = path.settledRound();
        final RoundCost cold = path.coldRound();
        lines.add("");
        lines.add("Where the cycles of " + path.path() + " go");
        add(PARTS, "", "instr.", "settled", "share", "cold", "first");
        final List<String> names = counts.get(path.path()).counts().phases().stream().map(PhaseShare::name).toList();
        final SequencedMap<String, Long> coldPhases = cold.phases(names);
        settled.phases(names).forEach((name, value) -> part(path, Names.phase(name),
            instructions(settled, name), value, coldPhases.get(name), round -> round.phases(names).get(name)));
        part(path, "residue", instructions(settled, ""), settled.residueCycles(), cold.residueCycles(),
            RoundCost::residueCycles);
        part(path, "user", settled.steps().stream().filter(step -> step.level() != 0).count(), settled.userCycles(),
            cold.userCycles(), RoundCost::userCycles);
        part(path, "whole", settled.instructions(), settled.cycles(), cold.cycles(), RoundCost::cycles);
    }

    private static long instructions(final RoundCost round, final String phase) {
        return round.steps().stream().filter(step -> step.level() == 0 && step.phase().equals(phase)).count();
    }

    private void part(final PathCycles path, final String name, final long instructions, final long settled,
            final long cold, final ToLongFunction<RoundCost> first) {
        add(PARTS, name, instructions, settled, percent(settled, path.settledRound().cycles()), cold,
            path.first().map(round -> String.valueOf(first.applyAsLong(round))).orElse("-"));
    }

    private void causes(final PathCycles path) {
        lines.add("");
        lines.add("and why");
        final Map<Cause, Long> settled = path.settledRound().causes();
        final Map<Cause, Long> cold = path.coldRound().causes();
        final Map<Cause, Long> first = path.first().<Map<Cause, Long>>map(RoundCost::causes).orElse(Map.of());
        final TreeMap<Cause, Long> all = new TreeMap<>(settled);
        Stream.of(cold, first).forEach(more -> more.keySet().forEach(cause -> all.putIfAbsent(cause, 0L)));
        all.forEach((cause, value) -> add(PARTS, cause.title(), "", value,
            percent(value, path.settledRound().cycles()), cold.getOrDefault(cause, 0L),
            path.first().isPresent() ? first.getOrDefault(cause, 0L) : "-"));
    }

    private void spread(final PathCycles path) {
        lines.add("");
        lines.add("and how they are distributed");
        add(SPREAD, "", "rounds", "min", "avg", "p50", "p90", "p99", "max");
        row("settled", path.settledCycles());
        row("cold", path.coldCycles());
        row("all rounds", path.allCycles());
        lines.add(settling(path.settling()));
    }

    private static String settling(final Settling settling) {
        if (!settling.settled()) {
            return "Not settled in " + settling.rounds() + " rounds; their second half stands for it.";
        }
        final String after = "Settled after " + settling.after() + " rounds: ";
        return after + switch (settling.period()) {
            case 0 -> "from then on steady, not exactly the same.";
            case 1 -> "from then on each costs exactly the same.";
            default -> "from then on exactly the same every " + settling.period() + " rounds.";
        };
    }

    private void row(final String name, final Distribution of) {
        add(SPREAD, name, of.count(), of.min(), of.average(), of.p50(), of.p90(), of.p99(), of.max());
    }

    private static List<String> notes(final IpcReport counts) {
        return List.of(
            "settled: the median of the rounds at rest. cold: before each of its rounds the",
            "core's own caches, predictors, translations and queues were emptied, the last",
            "cache was not. first: the first execution of the run, after the boot; " + OTHER_PATH + ": by",
            "another path, for the server did not wait yet. Instructions are facts, the same",
            "in every round; cycles are the model's. user: the SYSCALL itself, and in a round",
            "trip the server. Each path was executed " + IpcWindows.ROUNDS + " times, and as often by a cold core.",
            "Images " + Stream.of(Variant.values()).map(variant -> variant + " "
                + Names.hash(counts.images().get(variant))).collect(Collectors.joining(", "))
                + ".");
    }

    private PathCycles path(final Variant variant, final Space space, final int words, final Direction direction) {
        return cycles.get(PathKey.call(variant, space, words, direction));
    }

    private static String percent(final long part, final long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private void add(final String format, final Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
