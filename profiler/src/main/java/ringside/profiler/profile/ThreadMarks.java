package ringside.profiler.profile;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.toolchain.image.Probe;

/**
 * Which threads an image's probes tell of, and what they and its address spaces are called.
 *
 * <p>{@code context_switch} says which thread the CPU is for from here on, 0 for none. {@code thread_create} says where
 * one will begin and in which address space, {@code space_create} where the image has an address space's name. What a
 * thread is known by is any number that no other one has, the address of its record for instance.
 */
public final class ThreadMarks {
    /** Of the kernel while it is for no thread. */
    public static final int NOBODY = 0;
    /** Of a probe that says nothing of which thread runs. */
    public static final int UNSAID = -1;

    private static final int OTHERS = 1;
    private static final int MOST_THREADS = 4096;
    private static final long ROOT_BITS = 0x000f_ffff_ffff_f000L;

    private final GuestCode code;
    private final String[] kinds;
    private final boolean known;
    private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
    private final List<String> names = new ArrayList<>(List.of("[no thread]", "[too many to tell apart]"));
    private final Set<String> taken = new HashSet<>();
    private final Map<Long, String> spaces = new HashMap<>();

    /**
     * Knows no thread yet.
     *
     * @param code   what the image says about the guest
     * @param probes the image's, in the order in which events number them
     */
    public ThreadMarks(final GuestCode code, final List<Probe> probes) {
        this.code = code;
        kinds = probes.stream().map(Probe::kind).toArray(String[]::new);
        known = probes.stream().anyMatch(probe -> probe.kind().equals("context_switch"));
        numbers.put(0, NOBODY);
        numbers.defaultReturnValue(UNSAID);
    }

    /** {@return whether the image says which thread runs} */
    public boolean known() {
        return known;
    }

    /** {@return whether the image names threads or address spaces at a probe} */
    boolean listens(final int probe) {
        return switch (kinds[probe]) {
            case "context_switch", "thread_create", "space_create" -> true;
            default -> false;
        };
    }

    /**
     * Hears of a probe.
     *
     * @param probe  number of it
     * @param first  of its registers
     * @param second of its registers
     * @param third  of its registers
     * @return the thread that the CPU is for now, or {@link #UNSAID}
     */
    public int at(final int probe, final long first, final long second, final long third) {
        switch (kinds[probe]) {
            case "context_switch":
                final int found = numbers.get(first);
                return found != UNSAID ? found : add(first, "thread " + hex(first));
            case "thread_create":
                final String entry = code.routine(second);
                final String space = spaces.get(third & ROOT_BITS);
                add(first, (space == null ? "" : space + "/") + (entry.isEmpty() ? hex(second) : entry));
                return UNSAID;
            case "space_create":
                final String text = code.text(second);
                if (!text.isEmpty() && spaces.size() < CodeProfiler.MOST_SPACES) {
                    spaces.put(first & ROOT_BITS, text);
                }
                return UNSAID;
            default:
                return UNSAID;
        }
    }

    private int add(final long thread, final String name) {
        if (names.size() == MOST_THREADS) {
            return OTHERS;
        }
        final String full = taken.add(name) ? name : name + "@" + hex(thread);
        taken.add(full);
        numbers.put(thread, names.size());
        names.add(full);
        return names.size() - 1;
    }

    /** {@return how many threads have a number} */
    public int count() {
        return names.size();
    }

    /** {@return what a thread is called} */
    public String name(final int thread) {
        return names.get(thread);
    }

    /**
     * {@return what a thread is called}
     *
     * @param thread what it is known by
     */
    public String called(final long thread) {
        final int found = numbers.get(thread);
        return found == UNSAID ? "thread " + hex(thread) : name(found);
    }

    /** {@return names of address spaces by their root, where the image has one} */
    Map<Long, String> spaces() {
        return Map.copyOf(spaces);
    }

    private static String hex(final long number) {
        return "0x" + Long.toHexString(number);
    }
}
