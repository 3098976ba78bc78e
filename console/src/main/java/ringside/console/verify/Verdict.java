package ringside.console.verify;

import java.util.List;
import java.util.Objects;

/**
 * What came of running a scenario twice.
 *
 * @param checks      how many times the two were compared
 * @param interval    every so many steps
 * @param last        the last stand at which both were equal
 * @param first       where the first run stood when they differed, {@code null} if they never did
 * @param second      where the second one stood then
 * @param differences what differs, by name
 * @param pages       numbers of the pages of RAM that differ
 * @param narrowed    whether the difference came again and its place is as narrow as a stop can be
 */
public record Verdict(int checks, long interval, Stand last, Stand first, Stand second, List<String> differences,
        List<Integer> pages, boolean narrowed) {
    /** Keeps lists to itself. */
    public Verdict {
        Objects.requireNonNull(last, "last");
        differences = List.copyOf(differences);
        pages = List.copyOf(pages);
    }

    static Verdict equal(final int checks, final long interval, final Stand last) {
        return new Verdict(checks, interval, last, null, null, List.of(), List.of(), true);
    }

    /** {@return whether both runs were the same} */
    public boolean agrees() {
        return first == null;
    }
}
