package ringside.console.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import ringside.fastpath.interleave.Leg;
import ringside.fastpath.interleave.Operation;
import ringside.fastpath.interleave.Replay;
import ringside.fastpath.interleave.Scenario;
import ringside.fastpath.interleave.ScheduleDeclaration;
import ringside.fastpath.interleave.ScheduleVerdict;
import ringside.fastpath.interleave.Search;
import ringside.fastpath.interleave.SequentialModel;
import ringside.toolchain.image.SourceLine;

/** What searches of schedules found, for people. */
public final class InterleaveText {
    private static final int INDENT = 2;
    private static final int CLAIM = 14;
    private static final int MOST_TIMELINE = 60;

    private final ScheduleDeclaration declaration;
    private final String structure;
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    private InterleaveText(final ScheduleDeclaration declaration, final String structure, final int columns) {
        this.declaration = declaration;
        this.structure = structure;
        this.columns = columns;
    }

    /**
     * {@return what was tried and what is wrong, ending in a line feed}
     *
     * @param declaration of the structure
     * @param structure   what the user called it
     * @param searches    what came of them
     * @param all         whether to list every instruction
     * @param columns     how wide
     */
    public static String of(final ScheduleDeclaration declaration, final String structure, final List<Search> searches,
            final boolean all, final int columns) {
        final InterleaveText text = new InterleaveText(declaration, structure, columns);
        text.lines.add(declaration.files().name() + ": " + declaration.title());
        text.lines.add("");
        text.table(searches);
        for (final Search search : searches) {
            search.replay().ifPresent(replay -> text.show(search, replay, all));
        }
        return String.join("\n", text.lines.stream().map(String::stripTrailing).toList()) + "\n";
    }

    /**
     * {@return the verdicts, ending in a line feed}
     *
     * @param declaration of the structure
     * @param verdicts    on its claims
     * @param columns     how wide
     */
    public static String claims(
            final ScheduleDeclaration declaration, final List<ScheduleVerdict> verdicts, final int columns) {
        final List<String> lines = new ArrayList<>(List.of(declaration.files().name() + ": " + declaration.title(),
            ""));
        for (final ScheduleVerdict one : verdicts) {
            final String rows = one.claim().rows().isEmpty() ? "" : (one.claim().rows().size() == 1 ? "row " : "rows ")
                + String.join(", ", one.claim().rows()) + ": ";
            final String found = one.search().replay().map(replay -> ", " + replay.outcome().schedule() + ": "
                + replay.wrong().orElse("nothing is wrong")).orElse(", all survived");
            String before = one.verdict().toString();
            for (final String line : TextLines.wrap(rows + one.claim().text() + " - " + one.claim().scenario().name()
                    + one.claim().mutant().map(bug -> " with " + bug.name()).orElse("") + ", "
                    + one.search().schedules() + " schedules" + found, columns - CLAIM, 0)) {
                lines.add(String.format(Locale.ROOT, "%-" + CLAIM + "s%s", before, line));
                before = "";
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private void table(final List<Search> searches) {
        final TextColumns table = new TextColumns(columns);
        if (searches.stream().anyMatch(search -> search.mutant().isPresent())) {
            table.text("bug", searches, search -> search.mutant().map(bug -> bug.name()).orElse(""));
        }
        table.text("scenario", searches, search -> search.scenario().name());
        table.text("result", searches, InterleaveText::result);
        table.wanted("schedules", searches, search -> String.valueOf(search.schedules()));
        table.optional("CPUs", searches, search -> String.valueOf(search.scenario().cpus()));
        table.optional("memory", searches, search -> search.scenario().memory().key());
        table.optional("preemptions", searches, search -> String.valueOf(search.scenario().preemptions()));
        lines.addAll(table.lines());
    }

    private static String result(final Search search) {
        if (search.failed()) {
            return (search.mutant().isPresent() ? "found: " : "FAILED: ")
                + search.replay().orElseThrow().outcome().schedule();
        }
        return search.replay().isPresent() ? "nothing wrong" : search.complete() ? "all survived"
            : "survived, not all tried";
    }

    private void show(final Search search, final Replay replay, final boolean all) {
        lines.add("");
        search.mutant().ifPresent(bug -> lines.addAll(
            TextLines.wrap(bug.name() + ": " + bug.text(), columns, INDENT)));
        final Scenario scenario = search.scenario();
        lines.add(scenario.name() + ": " + scenario.describe() + ", room for " + scenario.capacity() + ", "
            + scenario.fill() + " there");
        lines.add(replay.wrong().map(reason -> "wrong: " + reason).orElse("nothing is wrong"));
        lines.add("");
        history(replay.outcome().operations());
        lines.add("");
        try (ImageCode code = ImageCode.of(search.image())) {
            final SourceTexts sources = new SourceTexts(search.sources());
            if (all) {
                steps(replay, code, sources);
            } else {
                switches(replay, code, sources);
            }
        }
        if (!all) {
            lines.add("");
            lines.add("again, with every instruction:");
            lines.add("  " + command(structure, search)
                + (declaration.scenario(scenario.name()).map(Scenario::memory).orElseThrow() == scenario.memory() ? ""
                    : " --memory " + scenario.memory().key())
                + " --schedule \"" + replay.outcome().schedule() + "\"");
        }
    }

    /** {@return the command that searches a scenario, as the declaration has it} */
    static String command(final String structure, final Search search) {
        return "ringside interleave " + structure + search.mutant().map(bug -> " --mutant " + bug.name()).orElse("")
            + " --scenario " + search.scenario().name();
    }

    /** A line an operation, from its call to its return; what overlaps may be in either order. */
    private void history(final List<Operation> operations) {
        final int end = 2 * operations.size();
        for (final Operation operation : operations.stream().sorted(Comparator.comparingInt(Operation::called))
                .toList()) {
            final int returned = Math.min(operation.returned(), end);
            lines.add(String.format(Locale.ROOT, "  CPU %d  %-18s", operation.cpu(), words(operation))
                + (end > MOST_TIMELINE ? operation.called() + " to " + returned
                    : " ".repeat(operation.called()) + "|" + "-".repeat(Math.max(0, returned - operation.called() - 1))
                    + (operation.isDone() ? "|" : ">")));
        }
    }

    /** {@return an operation with what it returned} */
    static String words(final Operation operation) {
        final boolean puts = operation.kind() == SequentialModel.PUT;
        final String name = SequentialModel.verb(operation.kind()) + (puts ? " " + operation.argument() : "");
        if (!operation.isDone()) {
            return name + " ...";
        }
        return name + (operation.result() == 0 ? puts ? ": full" : ": empty" : puts ? "" : ": " + operation.value());
    }

    private void switches(final Replay replay, final ImageCode code, final SourceTexts sources) {
        for (int i = 0; i < replay.legs().size(); i++) {
            final Leg leg = replay.legs().get(i);
            lines.add("CPU " + leg.cpu() + " executes " + leg.useful() + " instructions" + end(leg));
            if (!leg.done() && !leg.waits() && leg.useful() > 0) {
                lines.add("   last  " + place(leg.addresses()[leg.useful() - 1], code, sources));
                lines.add("   next  " + place(leg.next(), code, sources));
            } else if (leg.waits()) {
                lines.add("   at    " + place(leg.next(), code, sources));
            }
        }
    }

    private void steps(final Replay replay, final ImageCode code, final SourceTexts sources) {
        for (final Leg leg : replay.legs()) {
            int number = 0;
            for (final long address : Arrays.copyOf(leg.addresses(), leg.useful())) {
                lines.add(String.format(Locale.ROOT, "%d %4d  %s", leg.cpu(), ++number,
                    place(address, code, sources)));
            }
            lines.add("        CPU " + leg.cpu() + " stops" + end(leg));
        }
    }

    /** {@return how a turn ended} */
    static String end(final Leg leg) {
        return (leg.done() ? " and is done" : leg.waits() ? " and waits in a loop" : "")
            + (leg.waiting() == 0 ? "" : "; " + leg.waiting() + " of its stores the others do not see yet");
    }

    /** {@return an instruction as its source has it, and where that is} */
    static String where(final long address, final ImageCode code, final SourceTexts sources) {
        return "`" + source(address, code, sources) + "` (" + code.source(address).map(InterleaveText::shortly)
            .orElseGet(() -> code.routine(address) + "+" + code.offset(address)) + ")";
    }

    private static String place(final long address, final ImageCode code, final SourceTexts sources) {
        return String.format(Locale.ROOT, "%-16s %-36s %s", code.routine(address) + "+" + code.offset(address),
            source(address, code, sources), code.source(address).map(InterleaveText::shortly).orElse(""));
    }

    private static String source(final long address, final ImageCode code, final SourceTexts sources) {
        return code.source(address).flatMap(sources::text).map(InterleaveText::withoutComment)
            .orElseGet(() -> code.instruction(address));
    }

    /** {@return a line of source without its folders: the units of a structure have names of their own} */
    private static String shortly(final SourceLine line) {
        return line.file().substring(line.file().lastIndexOf('/') + 1) + ":" + line.line();
    }

    private static String withoutComment(final String text) {
        final int comment = text.indexOf(';');
        return (comment < 0 ? text : text.substring(0, comment)).strip().replaceAll("\\s+", " ");
    }
}
