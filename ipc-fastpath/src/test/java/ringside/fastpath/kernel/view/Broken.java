package ringside.fastpath.kernel.view;

import java.util.ArrayList;
import java.util.List;

/** What does not hold: each a rule's name, a colon, and what and where. */
final class Broken {
    private static final int MOST = 20;

    private final List<String> all = new ArrayList<>();

    void unless(final boolean holds, final String rule, final String what, final Object... where) {
        if (!holds) {
            add(rule, what, where);
        }
    }

    void add(final String rule, final String what, final Object... where) {
        if (all.size() < MOST) {
            final Object[] shown = new Object[where.length];
            for (int i = 0; i < where.length; i++) {
                shown[i] = where[i] instanceof Long number ? "0x" + Long.toHexString(number) : where[i];
            }
            all.add(rule + ": " + what.formatted(shown));
        }
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
