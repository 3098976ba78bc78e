package ringside.emulator.travel;

import java.util.Arrays;
import ringside.emulator.machine.Machine;

/**
 * The block that runs next.
 *
 * @param end steps behind it
 * @param cpu the vCPU that takes it
 */
record NextBlock(long end, int cpu) {
    /** {@return the block that runs next, which has run then; where a reset made CPUs anew, it is the last one's} */
    static NextBlock of(final Course course) {
        final Machine machine = course.machine();
        final long[] before = steps(machine);
        course.run(1);
        final long[] after = steps(machine);
        int cpu = machine.turn();
        for (int i = 0; i < before.length; i++) {
            if (after[i] != before[i]) {
                cpu = i;
            }
        }
        return new NextBlock(machine.steps(), cpu);
    }

    private static long[] steps(final Machine machine) {
        final long[] steps = new long[machine.config().vcpus()];
        Arrays.setAll(steps, machine::steps);
        return steps;
    }
}
