package ringside.emulator.travel;

import java.util.ArrayList;
import java.util.List;
import ringside.emulator.machine.HostWrite;

/**
 * What the user changed at a place.
 *
 * @param begin  steps of the beginning of the block in which the place is
 * @param step   steps of the place
 * @param writes what was done there, in order
 */
record Edit(long begin, long step, List<HostWrite> writes) {
    Edit {
        writes = List.copyOf(writes);
    }

    /** {@return bytes of memory that it takes, about} */
    long memory() {
        return HostWrite.OWN_BYTES + writes.stream().mapToLong(HostWrite::memory).sum();
    }

    /** {@return this one with more done in the same place; what is void by then is left out} */
    Edit and(final List<HostWrite> more) {
        final List<HostWrite> all = new ArrayList<>(writes);
        for (final HostWrite next : more) {
            // Memory can be written in any order; of registers the order may count.
            if (next instanceof HostWrite.OfMemory) {
                all.removeIf(next::voids);
            } else if (!all.isEmpty() && next.voids(all.getLast())) {
                all.removeLast();
            }
            all.add(next);
        }
        return new Edit(begin, step, all);
    }

    /** {@return whether the user brought a condition about here} */
    boolean bringsAbout(final Condition condition) {
        return writes.stream().anyMatch(condition::isBroughtAboutBy);
    }
}
