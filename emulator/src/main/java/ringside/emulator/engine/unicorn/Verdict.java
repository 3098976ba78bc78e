package ringside.emulator.engine.unicorn;

/** What Java answers a stub that asks about an access to a system register. */
final class Verdict {
    /** #GP(0). */
    static final int REFUSED = 0;
    /** Java did it. */
    static final int DONE = 1;
    /** The library is to do it, with {@link Shared#VALUE} where a value is written. */
    static final int LIBRARY = 2;
    /** #UD. */
    static final int UNDEFINED = 3;
    /** #DB. */
    static final int DEBUG = 4;

    private Verdict() {
    }
}
