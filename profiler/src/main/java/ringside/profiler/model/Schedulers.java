package ringside.profiler.model;

import java.util.List;

/**
 * The schedulers of a core, as dispatch sees them: an instruction waits in the one with the fewest entries taken among
 * those that feed one of its ports, in turn among equals, and is issued there.
 */
final class Schedulers {
    private final WaitingPlaces[] groups;
    private final int[] ports;
    /** Where the latest instruction waits. */
    private int group;
    private int queue;

    /**
     * Makes empty ones.
     *
     * @param shapes in the order in which equals take turns
     */
    Schedulers(final List<Microarchitecture.Scheduler> shapes) {
        groups = new WaitingPlaces[(shapes.size() + WaitingPlaces.LANES - 1) / WaitingPlaces.LANES];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new WaitingPlaces(shapes.stream().skip((long) i * WaitingPlaces.LANES)
                    .limit(WaitingPlaces.LANES).mapToInt(Microarchitecture.Scheduler::entries).toArray());
        }
        ports = shapes.stream().mapToInt(Microarchitecture.Scheduler::ports).toArray();
    }

    /** {@return which schedulers feed one of some ports, a bit each} */
    static int feeding(final List<Microarchitecture.Scheduler> shapes, final int ports) {
        int found = 0;
        for (int i = 0; i < shapes.size(); i++) {
            found |= (shapes.get(i).ports() & ports) != 0 ? 1 << i : 0;
        }
        return found;
    }

    /**
     * {@return the first cycle in which an instruction has a place}
     *
     * @param step  with a port
     * @param cycle from which on; never falls
     */
    long place(final Step step, final long cycle) {
        if (step.isAmongFirst()) {
            queue = groups[0].fewest(cycle, step.without, behind(0));
            group = 0;
        } else {
            balance(step.feeding, cycle);
        }
        return groups[group].available(queue);
    }

    private void balance(final int feeding, final long cycle) {
        final int last = chosen();
        int fewest = Integer.MAX_VALUE;
        int turn = 0;
        int best = 0;
        int left = feeding;
        for (int i = 0; left != 0; i++, left >>>= WaitingPlaces.LANES) {
            final int some = left & (1 << WaitingPlaces.LANES) - 1;
            if (some != 0) {
                final int one = groups[i].fewest(cycle, WaitingPlaces.without(some), behind(i));
                final int number = i * WaitingPlaces.LANES + one;
                final int its = Math.floorMod(number - last - 1, ports.length);
                if (groups[i].taken(one) < fewest || groups[i].taken(one) == fewest && its < turn) {
                    fewest = groups[i].taken(one);
                    turn = its;
                    best = number;
                }
            }
        }
        group = best / WaitingPlaces.LANES;
        queue = best % WaitingPlaces.LANES;
    }

    /** The queue of a group behind which turns go on: the one chosen last, or the last one where that is of another. */
    private int behind(final int which) {
        return which == group ? queue : WaitingPlaces.LANES - 1;
    }

    /** {@return those of some ports that the scheduler chosen last feeds} */
    int bound(final int some) {
        return ports[chosen()] & some;
    }

    /** {@return the scheduler that was chosen last} */
    int chosen() {
        return group * WaitingPlaces.LANES + queue;
    }

    /** The instruction that was given a place last leaves it in a cycle. */
    void leave(final long cycle) {
        groups[group].take(queue, cycle);
    }
}
