package ringside.profiler.calibrate;

/** Something that says how many cycles an iteration of a snippet takes: a column of a calibration. */
public interface CycleModel {
    /** {@return name and version, e.g. {@code unit-1}; changes whenever any figure changes} */
    String id();

    /**
     * {@return cycles of an iteration, as the call that a runner measures takes them: warm, {@link Snippet#iterations}
     * long}
     *
     * <p>{@link SnippetRun#observe} gives the events of that call. A model that cannot say is an estimate without a
     * figure, not an exception.
     *
     * @param snippet of which
     */
    Estimate estimate(Snippet snippet);
}
