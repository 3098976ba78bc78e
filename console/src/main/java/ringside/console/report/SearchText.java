package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import ringside.fastpath.claim.Searched;
import ringside.fastpath.interleave.Leg;
import ringside.fastpath.interleave.MemoryOrder;
import ringside.fastpath.interleave.Operation;
import ringside.fastpath.interleave.Replay;
import ringside.fastpath.interleave.Scenario;
import ringside.fastpath.interleave.Search;

/** What schedules say to a claim in sentences, made of what was searched and found alone. */
final class SearchText {
    private SearchText() {
    }

    /** {@return what decided, in few words} */
    static String measured(final Searched finding) {
        final Search search = finding.search();
        return search.failed() ? "one of " + schedules(search) + " is wrong" : schedules(search) + " survived";
    }

    /** {@return what was searched, and what came of it} */
    static String decision(final Searched finding) {
        final Search search = finding.search();
        final Scenario scenario = search.scenario();
        return "`" + finding.experiment() + "`, scenario `" + scenario.name() + "`"
            + search.mutant().map(bug -> " with the change `" + bug.name() + "`").orElse("") + ": "
            + (search.failed() ? "`" + search.replay().orElseThrow().outcome().schedule() + "` is wrong: "
                + search.replay().orElseThrow().wrong().orElseThrow()
                : schedules(search) + " survived, " + (search.complete() ? "which are all" : "and not all were tried"))
            + ".";
    }

    /** {@return why, sentence by sentence} */
    static List<String> explanation(final Searched finding) {
        final Search search = finding.search();
        final Scenario scenario = search.scenario();
        final List<String> lines = new ArrayList<>();
        lines.add(scenario.cpus() + " CPUs do `" + scenario.describe() + "`, with room for " + scenario.capacity()
            + " and " + scenario.fill() + " there; schedules have at most " + scenario.preemptions()
            + (scenario.preemptions() == 1 ? " preemption" : " preemptions") + "; "
            + (scenario.memory() == MemoryOrder.SC ? "stores reach others at once."
                : "stores wait in buffers, and at a preemption each number of them has reached others."));
        search.mutant().ifPresent(bug -> lines.add("What is changed: " + bug.text() + "."));
        search.replay().ifPresent(replay -> {
            lines.add("After " + (search.schedules() - 1) + " schedules that survived, by this one: "
                + replay.outcome().operations().stream()
                    .sorted(Comparator.comparingInt(Operation::called))
                    .map(one -> "CPU " + one.cpu() + " " + InterleaveText.words(one))
                    .collect(Collectors.joining(", ")) + ".");
            legs(search, replay, lines);
        });
        return lines;
    }

    /** {@return the command that searches it again, or follows what was found} */
    static String again(final Searched finding) {
        return InterleaveText.command(finding.experiment(), finding.search()) + finding.search().replay()
            .map(replay -> " --schedule \"" + replay.outcome().schedule() + "\"").orElse("");
    }

    private static String schedules(final Search search) {
        return search.schedules() + (search.schedules() == 1 ? " schedule" : " schedules");
    }

    private static void legs(final Search search, final Replay replay, final List<String> lines) {
        try (ImageCode code = ImageCode.of(search.image())) {
            final SourceTexts sources = new SourceTexts(search.sources());
            int waits = -1;
            for (final Leg leg : replay.legs()) {
                if (leg.waits() && leg.cpu() == waits) {
                    continue;   // it only went round once more
                }
                waits = leg.waits() ? leg.cpu() : -1;
                lines.add("CPU " + leg.cpu() + " executes " + leg.useful() + " instructions" + InterleaveText.end(leg)
                    + (leg.done() ? "" : ", before " + InterleaveText.where(leg.next(), code, sources)) + ".");
            }
        }
    }
}
