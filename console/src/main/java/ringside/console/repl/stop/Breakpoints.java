package ringside.console.repl.stop;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ringside.console.repl.guest.RefusedException;

/** All breakpoints of a session, by number. */
public final class Breakpoints {
    /** The most that there may be. */
    public static final int MOST = 200;

    private final Map<Integer, Breakpoint> all = new TreeMap<>();
    private int last;

    /**
     * Adds one.
     *
     * @param spec what to stop at
     * @return it, with its number
     */
    public Breakpoint add(final Breakpoint.Spec spec) {
        if (all.size() == MOST) {
            throw new RefusedException("there are at most " + MOST + " breakpoints: delete some");
        }
        final Breakpoint added = new Breakpoint(++last, spec);
        all.put(added.number(), added);
        return added;
    }

    /** {@return all, by number} */
    public Collection<Breakpoint> all() {
        return List.copyOf(all.values());
    }

    /** {@return those that are stopped at, by number} */
    List<Breakpoint> enabled() {
        return all.values().stream().filter(Breakpoint::enabled).toList();
    }

    /**
     * {@return the one of a number}
     *
     * @param number of it
     * @throws RefusedException where there is none
     */
    public Breakpoint get(final int number) {
        final Breakpoint found = all.get(number);
        if (found == null) {
            throw new RefusedException("there is no breakpoint " + number);
        }
        return found;
    }

    /**
     * Removes one.
     *
     * @param breakpoint that is there
     */
    public void remove(final Breakpoint breakpoint) {
        all.remove(breakpoint.number());
    }
}
