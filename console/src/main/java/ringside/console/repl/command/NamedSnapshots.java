package ringside.console.repl.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Summary;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.travel.Timeline;

/** Machines that were kept under names, with all that they hold: they stay when the past becomes another. */
final class NamedSnapshots {
    /** The most of them. */
    static final int MOST = 50;
    private static final String NAME = "[A-Za-z_][\\w-]{0,40}";

    private final Map<String, Kept> all = new LinkedHashMap<>();

    /**
     * A machine that was kept.
     *
     * @param step  steps before it
     * @param base  the machine where its block begins
     * @param place where it was, for people
     */
    private record Kept(long step, Snapshot base, String place) {
    }

    /** {@return whether words are about names: {@code save NAME}, {@code go NAME}, {@code list}, {@code drop NAME}} */
    static boolean isMeant(final List<String> words) {
        return words.equals(List.of("list")) || words.size() == 2 && (List.of("go", "drop").contains(words.getFirst())
            || "save".equals(words.getFirst()) && words.getLast().matches(NAME));
    }

    /** {@return their names} */
    List<String> names() {
        return List.copyOf(all.keySet());
    }

    /** Does what words say. */
    void perform(final Desk desk, final List<String> words) {
        switch (words.getFirst()) {
            case "list" -> list(desk);
            case "save" -> save(desk, words.getLast());
            case "drop" -> all.remove(required(words.getLast()));
            default -> go(desk, all.get(required(words.getLast())));
        }
    }

    private String required(final String name) {
        if (!all.containsKey(name)) {
            throw new RefusedException("no snapshot is called " + Summary.printable(name)
                + (all.isEmpty() ? "" : ": " + String.join(", ", all.keySet())));
        }
        return name;
    }

    private void save(final Desk desk, final String name) {
        if (all.size() >= MOST && !all.containsKey(name)) {
            throw new RefusedException("there are at most " + MOST + " snapshots with names: drop some");
        }
        final Timeline timeline = desk.guest().timeline();
        final String place = timeline.position().toString();
        all.put(name, new Kept(timeline.position().step(), timeline.base(), place));
        desk.out().println(name + ": " + place);
    }

    private void list(final Desk desk) {
        final TextTable table = new TextTable("snapshot", "position", "hash");
        all.forEach((name, kept) -> table.row(name, kept.place(), kept.base().hash().substring(0, 16)));
        (all.isEmpty() ? List.of("no snapshots with names") : table.lines()).forEach(desk.out()::println);
    }

    /** In the history that there is, if the machine is in it; otherwise the history begins anew with it. */
    private static void go(final Desk desk, final Kept kept) {
        final Guest guest = desk.guest();
        final Timeline timeline = guest.timeline();
        timeline.go(kept.step());
        final Snapshot base = timeline.base();
        if (timeline.position().step() != kept.step() || !base.hash().equals(kept.base().hash())) {
            guest.begin(kept.base());
            desk.begun();
            timeline.go(kept.step());
            desk.out().println("what was before is another history: this one begins here");
        }
        guest.select(timeline.nextCpu());
        desk.out().print(Summary.news(guest) + desk.summary());
    }
}
