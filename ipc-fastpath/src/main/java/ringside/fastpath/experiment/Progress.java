package ringside.fastpath.experiment;

/** Hears how far an experiment is, for a person who waits. Called from any thread; says nothing about results. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = step -> { };

    /**
     * A step begins.
     *
     * @param step a few words, e.g. {@code running slow}
     */
    void begins(String step);
}
