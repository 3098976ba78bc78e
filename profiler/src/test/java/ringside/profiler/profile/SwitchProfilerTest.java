package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.profiler.model.Cause;
import ringside.toolchain.image.Probe;

/** Switches of guests in words, whose times are known beforehand. */
class SwitchProfilerTest {
    private static final List<Probe> PROBES = List.of(new Probe("context_switch", 0, List.of("rax")),
        new Probe("phase_entry", 0, List.of()), new Probe("phase_checks", 0, List.of()),
        new Probe("phase_copy", 0, List.of()), new Probe("phase_exit", 0, List.of()));
    private static final SwitchMarks MARKS = new SwitchMarks("context_switch", Map.of(
        "phase_entry", SwitchPart.SAVE, "phase_checks", SwitchPart.SCHEDULING, "phase_copy", SwitchPart.SERVICE,
        "phase_exit", SwitchPart.RESTORE));
    private static final int CPUS = 2;

    /** Tells one CPU's events and keeps the books of what it spends. */
    private static final class Guest {
        private final SwitchProfiler profiler;
        private final long[] clock = {100, 7000};

        Guest(final SwitchProfiler profiler) {
            this.profiler = profiler;
        }

        Guest run(final int cpu, final int level, final long cost, final Cause cause) {
            clock[cpu] += cost;
            profiler.cost(cpu, 0, cost, cause);
            profiler.instruction(clock[cpu], cpu, 0, 1, level);
            return this;
        }

        Guest mark(final int cpu, final String kind, final long value) {
            final int index = PROBES.stream().map(Probe::kind).toList().indexOf(kind);
            profiler.probe(clock[cpu], cpu, index, value, 0, 0);
            return this;
        }

        Guest syscall(final int cpu, final long number, final long cost) {
            run(cpu, 3, cost, Cause.SERIAL);
            profiler.syscall(clock[cpu], cpu, 0, number);
            return this;
        }

        Guest space(final int cpu, final long root) {
            profiler.addressSpace(clock[cpu], cpu, root);
            return this;
        }
    }

    private static SwitchProfiler profiler(final List<Probe> probes) {
        return new SwitchProfiler(MARKS, probes, new long[] {100, 7000}, new long[] {0x1000, 0x1000});
    }

    private static long sum(final SwitchGroup group, final SwitchPart part) {
        return group.parts().get(part.ordinal()).cycles().sum();
    }

    @Test
    void callToAnotherThreadIsTakenApart() {
        final SwitchProfiler profiler = profiler(PROBES);
        final Guest guest = new Guest(profiler);
        guest.mark(0, "context_switch", 1).run(0, 3, 5, Cause.WIDTH);
        guest.syscall(0, 1, 82).mark(0, "phase_entry", 0).run(0, 0, 3, Cause.WIDTH)
            .mark(0, "phase_checks", 0).run(0, 0, 10, Cause.L2)
            .mark(0, "phase_copy", 0).run(0, 0, 4, Cause.L1)
            .mark(0, "context_switch", 2).mark(0, "phase_checks", 0).run(0, 0, 186, Cause.SERIAL).space(0, 0x2000)
            .mark(0, "phase_exit", 0).run(0, 0, 20, Cause.L1).run(0, 0, 75, Cause.SERIAL)
            .run(0, 3, 40, Cause.CODE_MISS).run(0, 3, 9, Cause.DEPENDENCY).run(0, 3, 30, Cause.TLB)
            .run(0, 3, 28, Cause.L3)
            .syscall(0, 9, 82).run(0, 0, 1, Cause.WIDTH).run(0, 3, 58, Cause.L3);
        final SwitchGroup group = profiler.groups().getFirst();
        assertEquals(1, profiler.groups().size(), "a system call that comes back is no switch");
        assertEquals("[syscall 1]", group.entry());
        assertEquals(82, sum(group, SwitchPart.ENTRY));
        assertEquals(3, sum(group, SwitchPart.SAVE));
        assertEquals(10, sum(group, SwitchPart.SCHEDULING));
        assertEquals(4, sum(group, SwitchPart.SERVICE));
        assertEquals(186, sum(group, SwitchPart.SPACE));
        assertEquals(20, sum(group, SwitchPart.RESTORE));
        assertEquals(75, sum(group, SwitchPart.RETURN));
        assertEquals(98, sum(group, SwitchPart.MISSES), "not what waits for a result");
        assertEquals(478, group.cycles().sum());
        assertEquals(0, group.residue());
        assertEquals(10, group.parts().get(SwitchPart.SCHEDULING.ordinal()).misses());
    }

    @Test
    void waitEndsASwitchAndWhatWakesTheCpuBeginsAnother() {
        final SwitchProfiler profiler = profiler(PROBES);
        final Guest guest = new Guest(profiler);
        guest.mark(0, "context_switch", 1).run(0, 3, 5, Cause.WIDTH);
        guest.syscall(0, 6, 80).run(0, 0, 7, Cause.WIDTH).mark(0, "context_switch", 0).run(0, 0, 500, Cause.SERIAL);
        guest.clock[0] += 100_000;
        profiler.idle(guest.clock[0], 0);
        guest.clock[0] += 400;
        profiler.interrupt(guest.clock[0], 0, 32, 0);
        guest.mark(0, "context_switch", 1).run(0, 0, 30, Cause.WIDTH).run(0, 3, 1, Cause.WIDTH);
        final List<SwitchGroup> groups = profiler.groups();
        assertEquals(List.of("[interrupt 32]", "[syscall 6]"), groups.stream().map(SwitchGroup::entry).toList());
        assertEquals(430, groups.get(0).cycles().sum());
        assertTrue(groups.get(1).toIdle());
        assertEquals(587, groups.get(1).cycles().sum(), "the wait is no part of it");
    }

    @Test
    void kernelWithoutMarksIsKnownByItsAddressSpaces() {
        final SwitchProfiler profiler = profiler(List.of());
        final Guest guest = new Guest(profiler);
        guest.run(0, 3, 5, Cause.WIDTH).syscall(0, 24, 80).run(0, 0, 9, Cause.WIDTH)
            .run(0, 0, 186, Cause.SERIAL).space(0, 0x5000).run(0, 0, 11, Cause.WIDTH).run(0, 0, 75, Cause.SERIAL)
            .run(0, 3, 2, Cause.WIDTH)
            .syscall(0, 24, 80).run(0, 0, 100, Cause.WIDTH).run(0, 3, 2, Cause.WIDTH)
            .syscall(0, 24, 80).run(0, 0, 50, Cause.SERIAL).space(0, 0x1).run(0, 0, 50, Cause.SERIAL)
            .space(0, 0x5000).run(0, 0, 75, Cause.SERIAL).run(0, 3, 2, Cause.WIDTH);
        final SwitchGroup group = profiler.groups().getFirst();
        assertEquals(1, group.cycles().count(), "one visit came back, one came back through a root of the kernel's");
        assertEquals(9, sum(group, SwitchPart.SCHEDULING));
        assertEquals(186, sum(group, SwitchPart.SPACE));
        assertEquals(11, sum(group, SwitchPart.RESTORE));
        assertEquals(361, group.cycles().sum());
    }

    /** Random guests on two CPUs: every switch's time, as clocks tell it, is the sum of its parts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void partsOfEverySwitchAddUpToItsTime(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final SwitchProfiler profiler = profiler(PROBES);
        final Guest guest = new Guest(profiler);
        final SortedMap<String, Long> expected = new TreeMap<>();
        final long[] threads = {1, 1};
        for (int cpu = 0; cpu < CPUS; cpu++) {
            guest.mark(cpu, "context_switch", 1).run(cpu, 3, 1, Cause.WIDTH);
        }
        for (int visit = 0; visit < 200; visit++) {
            final int cpu = random.nextInt(CPUS);
            final long began = guest.clock[cpu];
            final String name;
            if (random.nextBoolean()) {
                final int number = random.nextInt(3);
                guest.syscall(cpu, number, random.nextInt(100));
                name = "[syscall " + number + "]";
            } else {
                guest.clock[cpu] += random.nextInt(400);
                profiler.interrupt(guest.clock[cpu], cpu, 32, 0);
                name = "[interrupt 32]";
            }
            final long next = random.nextInt(3);
            kernel(guest, random, cpu);
            guest.mark(cpu, "context_switch", next + 1);
            kernel(guest, random, cpu);
            final long direct = guest.clock[cpu] - began;
            long misses = 0;
            final int user = 1 + random.nextInt(random.nextInt(20) == 0 ? 2 * SwitchProfiler.FOLLOWED : 10);
            for (int i = 0; i < user; i++) {
                final Cause cause = Cause.values()[random.nextInt(Cause.values().length)];
                final int cost = random.nextInt(60);
                guest.run(cpu, 3, cost, cause);
                misses += i < SwitchProfiler.FOLLOWED && SwitchProfiler.MISSES.contains(cause) ? cost : 0;
            }
            if (next + 1 != threads[cpu]) {
                expected.merge(cpu + name, direct + misses, Long::sum);
                expected.merge(cpu + name + " count", 1L, Long::sum);
            }
            threads[cpu] = next + 1;
        }
        final SortedMap<String, Long> found = new TreeMap<>();
        for (final SwitchGroup group : profiler.groups()) {
            assertEquals(0, group.residue());
            assertEquals(group.cycles().sum(), group.parts().stream()
                .flatMap(part -> part.causes().values().stream()).mapToLong(Long::longValue).sum(),
                "each cycle has a cause");
            assertTrue(SwitchProfiler.MISSES.containsAll(
                group.parts().get(SwitchPart.MISSES.ordinal()).causes().keySet()));
            found.put(group.cpu() + group.entry(), group.cycles().sum());
            found.put(group.cpu() + group.entry() + " count", group.cycles().count());
        }
        assertEquals(expected, found);
    }

    private static void kernel(final Guest guest, final SplittableRandom random, final int cpu) {
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> guest.mark(cpu, "phase_entry", 0);
                case 1 -> guest.mark(cpu, "phase_checks", 0);
                case 2 -> guest.mark(cpu, "phase_copy", 0);
                case 3 -> guest.mark(cpu, "phase_exit", 0);
                case 4 -> guest.run(cpu, 0, random.nextInt(200), Cause.SERIAL).space(cpu, random.nextInt(4) * 0x1000L);
                case 5 -> {
                    guest.clock[cpu] += random.nextInt(9);
                    guest.profiler.exception(guest.clock[cpu], cpu, 14, 0, 0);
                }
                default -> guest.run(cpu, 0, random.nextInt(50), Cause.values()[random.nextInt(Cause.values().length)]);
            }
        }
    }
}
