package ringside.profiler.model;

/** Predicts where a return goes: to behind the call that was not answered yet. The oldest is lost where it is full. */
final class ReturnStack {
    private final long[] targets;
    private int top;

    /**
     * Makes an empty one.
     *
     * @param entries how many calls it remembers
     */
    ReturnStack(final int entries) {
        targets = new long[entries];
    }

    /**
     * A call was fetched.
     *
     * @param behind where it will return to
     */
    void call(final long behind) {
        top = top + 1 == targets.length ? 0 : top + 1;
        targets[top] = behind;
    }

    /** {@return where the return that is fetched is taken to go; 0 where no call is left} */
    long returns() {
        final long target = targets[top];
        targets[top] = 0;
        top = top == 0 ? targets.length - 1 : top - 1;
        return target;
    }
}
