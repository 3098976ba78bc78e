package ringside.fastpath.claim;

import java.util.List;
import java.util.Objects;
import ringside.fastpath.interleave.ScheduleClaim;
import ringside.fastpath.interleave.ScheduleVerdict;
import ringside.fastpath.interleave.Search;
import ringside.fastpath.lab.Verdict;

/**
 * What the schedules of a structure say to one of its rules.
 *
 * @param experiment the structure's name
 * @param found      the rule, and the search that decided it
 */
public record Searched(String experiment, ScheduleVerdict found) implements Finding {
    /** Refuses missing parts. */
    public Searched {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(found, "found");
    }

    /** {@return the rule} */
    public ScheduleClaim claim() {
        return found.claim();
    }

    /** {@return what was tried} */
    public Search search() {
        return found.search();
    }

    @Override
    public List<String> rows() {
        return claim().rows();
    }

    @Override
    public String text() {
        return claim().text();
    }

    @Override
    public Verdict verdict() {
        return found.verdict();
    }
}
