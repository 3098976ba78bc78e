package ringside.profiler.profile;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.profiler.model.Cause;

/**
 * Context switches of one kind on one vCPU. For each switch its parts add up to the whole, and so do the sums here.
 *
 * @param cpu    vCPU
 * @param entry  what the kernel was entered for, in brackets
 * @param toIdle whether the CPU waited then, for no thread could run; such a switch has no return
 * @param cycles of the whole switch
 * @param parts  one for each {@link SwitchPart}, in their order
 */
public record SwitchGroup(int cpu, String entry, boolean toIdle, Distribution cycles, List<Part> parts) {
    /** Copies the list. */
    public SwitchGroup {
        parts = List.copyOf(parts);
    }

    /**
     * One part of all switches of a group.
     *
     * @param part         which
     * @param instructions of all switches
     * @param cycles       of each switch
     * @param causes       cycles of all switches by cause, as far as the model names one
     */
    public record Part(SwitchPart part, long instructions, Distribution cycles, SortedMap<Cause, Long> causes) {
        /** Copies the map. */
        public Part {
            causes = Collections.unmodifiableSortedMap(new TreeMap<>(causes));
        }

        /** {@return cycles of all switches that are due to misses} */
        public long misses() {
            return causes.entrySet().stream().filter(cause -> SwitchProfiler.MISSES.contains(cause.getKey()))
                .mapToLong(SortedMap.Entry::getValue).sum();
        }
    }

    /** {@return cycles that no part accounts for; 0, or the profile is wrong} */
    public long residue() {
        return cycles.sum() - parts.stream().mapToLong(part -> part.cycles().sum()).sum();
    }
}
