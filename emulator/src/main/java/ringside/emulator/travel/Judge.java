package ringside.emulator.travel;

import java.util.List;

/**
 * Says of each place at which conditions came about whether a way forward ends there. It looks at the machine, which
 * stands at that place, and moves nothing: the way goes on from there as if nobody had asked.
 */
public interface Judge {
    /** Ends a way at the first place. */
    Judge ALWAYS = sight -> true;

    /**
     * What is asked about.
     *
     * @param met    the conditions that came about there, in the order in which they were asked for
     * @param cpu    the vCPU that takes the step that brings them about, or took it
     * @param before whether the machine stands before that step, as for what stops before, or behind it
     */
    record Sight(List<Condition> met, int cpu, boolean before) {
        /** Copies the list. */
        public Sight {
            met = List.copyOf(met);
        }
    }

    /**
     * {@return whether to end there}
     *
     * @param sight what is met
     */
    boolean isWanted(Sight sight);

    /**
     * {@return how often a condition comes about, from where the machine stands, without its being asked about} Only of
     * those that come about once a step ({@link Condition#isOnceAStep}). Asked at the beginning of a way, and where one
     * goes on.
     *
     * @param condition one of those that are looked for
     */
    default long ignored(final Condition condition) {
        return 0;
    }

    /**
     * Tells how often a condition came about without its being asked about; before the next question, or at the end.
     *
     * @param condition that is ignored
     * @param times     since it was told last
     */
    default void passed(final Condition condition, final long times) {
    }

    /**
     * {@return whether a condition that stops behind a step has to be seen before it as well}
     *
     * @param condition one of those that are looked for
     */
    default boolean compares(final Condition condition) {
        return false;
    }

    /**
     * The machine stands before a step behind which the next question is asked; told of what is compared.
     *
     * @param sight what the step brings about
     */
    default void before(final Sight sight) {
    }
}
