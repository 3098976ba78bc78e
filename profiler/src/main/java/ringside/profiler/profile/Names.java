package ringside.profiler.profile;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the names in a profile: of routines, and of what is none, in brackets. */
final class Names {
    /** Of code under no symbol. */
    static final int UNKNOWN = 0;
    /** Of what there were too many of to tell apart. */
    static final int TOO_MANY = 1;
    /** Of a CPU's time without instructions. */
    static final int IDLE = 2;
    /** Of the kernel before anything entered it. */
    static final int BOOT = 3;
    /** Of level 3. */
    static final int USER = 4;
    /** Of all system calls after too many numbers. */
    static final int OTHER_SYSCALLS = 5;

    /** Of what came to level 0 without an event: SYSENTER, a call gate. */
    static final int OTHER_ENTRY = 6;

    private static final int MOST_SYSCALLS = 4096;
    private static final int VECTORS = 256;

    private final List<String> all = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Long2IntOpenHashMap syscalls = new Long2IntOpenHashMap();
    private final int[] exceptions = new int[VECTORS];
    private final int[] interrupts = new int[VECTORS];

    Names() {
        for (final String fixed : List.of("[no symbol]", "[too many to tell apart]", "[idle]", "[boot]", "[user]",
                "[syscall, other numbers]", "[other entry]")) {
            of(fixed);
        }
    }

    int of(final String name) {
        final Integer known = numbers.putIfAbsent(name, all.size());
        if (known != null) {
            return known;
        }
        all.add(name);
        return all.size() - 1;
    }

    int syscall(final long number) {
        int name = syscalls.get(number);
        if (name == 0) {
            name = syscalls.size() < MOST_SYSCALLS ? of("[syscall " + Long.toUnsignedString(number) + "]")
                : OTHER_SYSCALLS;
            if (name != OTHER_SYSCALLS) {
                syscalls.put(number, name);
            }
        }
        return name;
    }

    int exception(final int vector) {
        if (exceptions[vector] == 0) {
            exceptions[vector] = of(VectorNames.exception(vector));
        }
        return exceptions[vector];
    }

    int interrupt(final int vector) {
        if (interrupts[vector] == 0) {
            interrupts[vector] = of(VectorNames.interrupt(vector));
        }
        return interrupts[vector];
    }

    int count() {
        return all.size();
    }

    String name(final int number) {
        return all.get(number);
    }
}
