package ringside.emulator.travel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.testing.PlausibleGuest;
import ringside.toolchain.image.GuestImage;

/** Ways through a machine's history lead where a machine that nobody watches comes by. */
class TimelineTest {
    private static final long STEPS = 40_000;

    private static MachineConfig config(final int cpus) {
        return MachineConfig.standard().withMemory(8 << 20).withVcpus(cpus).withQuantum(150).withSeed(3);
    }

    /** {@return the state hashes of a machine that nobody watches, where it stops by itself at or behind steps} */
    private static String hash(final MachineConfig config, final GuestImage image, final long steps) {
        try (Machine machine = Machine.boot(config, image)) {
            if (steps > 0) {
                machine.run(Budget.steps(steps));
            }
            return machine.steps() == steps ? machine.stateHash() : "";
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anyWayLeadsToTheStateOfAMachineThatNobodyWatches(final int cpus) {
        for (int seed = 0; seed < 2; seed++) {
            final GuestImage image = PlausibleGuest.of(seed, cpus).image();
            final Random random = new Random(seed);
            try (Timeline timeline = Timeline.boot(config(cpus), image, 1 << 20, 3000)) {
                int compared = 0;
                for (int i = 0; i < 25; i++) {
                    final long there = random.nextLong(STEPS);
                    timeline.go(there);
                    for (int step = random.nextInt(4); step > 0; step--) {
                        timeline.next();
                    }
                    for (int step = random.nextInt(4); step > 0; step--) {
                        timeline.previous();
                    }
                    final long steps = timeline.position().step();
                    final String expected = hash(config(cpus), image, steps);
                    if (!expected.isEmpty()) {
                        assertEquals(expected, timeline.machine().stateHash(), "seed=" + seed + " steps=" + steps);
                        compared++;
                    }
                }
                assertTrue(compared > 3, "compared=" + compared);
            }
        }
    }

    /** Each instruction's address, in the order in which they retire. */
    private static final class Addresses implements MachineObserver {
        private final List<Long> all = new ArrayList<>();

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.INSTRUCTION);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            all.add(address * 16 + cpu);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stepsForwardAndBackMeetEveryInstructionThatAnUnwatchedMachineExecutes(final int cpus) {
        final GuestImage image = PlausibleGuest.of(11, cpus).image();
        final long from = 3_000;
        final int many = 400;
        final Addresses addresses = new Addresses();
        try (Machine machine = Machine.boot(config(cpus), image)) {
            machine.addObserver(addresses);
            machine.run(Budget.steps(from + 2 * many));
        }
        try (Timeline timeline = Timeline.boot(config(cpus), image)) {
            timeline.go(from);
            final int before = (int) timeline.machine().instructions();
            final List<Long> executed = new ArrayList<>();
            final List<Position> places = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                final int cpu = timeline.nextCpu();
                final long rip = timeline.machine().cpu(cpu).read(CpuRegister.RIP);
                final long steps = timeline.machine().steps(cpu);
                final long instructions = timeline.machine().instructions();
                places.add(timeline.position());
                timeline.next();
                if (timeline.machine().instructions() != instructions) {
                    assertEquals(steps + 1, timeline.machine().steps(cpu), "one at a time");
                    executed.add(rip * 16 + cpu);
                }
            }
            for (int i = 0; i < executed.size(); i++) {
                assertEquals(addresses.all.get(before + i), executed.get(i), "instruction " + (before + i));
            }
            assertTrue(executed.size() > many / 20, "executed=" + executed.size() + " at " + timeline.position() + timeline.ended());
            for (final Position place : places.reversed()) {
                timeline.previous();
                assertEquals(place, timeline.position());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void breakpointsStopBeforeEachExecutionForwardAndBack(final int cpus) {
        final GuestImage image = PlausibleGuest.of(11, cpus).image();
        final Addresses addresses = new Addresses();
        try (Machine machine = Machine.boot(config(cpus), image)) {
            machine.addObserver(addresses);
            machine.run(Budget.steps(STEPS));
        }
        final long rare = addresses.all.stream().map(each -> each / 16).filter(each -> {
            final long times = addresses.all.stream().filter(other -> other / 16 == each).count();
            return times > 5 && times < 40;
        }).findFirst().orElseThrow();
        final long times = addresses.all.stream().filter(each -> each / 16 == rare).count();
        try (Timeline timeline = Timeline.boot(config(cpus), image, Timeline.MEMORY, 5000)) {
            final List<CodeReached> breakpoint = List.of(new CodeReached(rare));
            final List<Position> stops = new ArrayList<>();
            while (true) {
                final Stop stop = timeline.forward(breakpoint, STEPS - timeline.position().step());
                if (stop.reason() != Stop.Reason.CONDITION) {
                    break;
                }
                assertEquals(rare, timeline.machine().cpu(timeline.nextCpu()).read(CpuRegister.RIP));
                stops.add(stop.position());
            }
            assertEquals(times, stops.size());
            for (final Position place : stops.reversed()) {
                final Stop stop = timeline.back(breakpoint);
                assertEquals(place, stop.position());
                assertEquals(breakpoint, stop.met());
            }
            assertEquals(Stop.Reason.START, timeline.back(breakpoint).reason());
        }
    }

    @Test
    void theLastWriterIsTheInstructionBeforeWhichMemoryWasDifferent() {
        final GuestImage image = PlausibleGuest.of(5, 2).image();
        final Map<Long, Integer> writes = new TreeMap<>();
        try (Machine machine = Machine.boot(config(2), image)) {
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.MEMORY_WRITE);
                }

                @Override
                public void memoryWrite(
                        final long cycle, final int cpu, final long address, final int size, final int level) {
                    writes.merge(address / 8 * 8, 1, Integer::sum);
                }
            });
            machine.run(Budget.steps(STEPS));
        }
        final long address = writes.entrySet().stream().filter(e -> e.getValue() > 4 && e.getValue() < 40)
                .findFirst().orElseThrow().getKey();
        try (Timeline timeline = Timeline.boot(config(2), image, Timeline.MEMORY, 3000)) {
            timeline.go(STEPS);
            long last = Long.MAX_VALUE;
            int writers = 0;
            while (timeline.lastWriter(address, 8).reason() == Stop.Reason.CONDITION) {
                final long step = timeline.position().step();
                assertTrue(step < last, "writers come one before the other: " + step);
                last = step;
                writers++;
            }
            assertTrue(writers > 3, "writers=" + writers);
            final MemoryWritten watch = new MemoryWritten(address, 8);
            int met = 0;
            while (timeline.forward(List.of(watch), STEPS - timeline.position().step()).reason()
                    == Stop.Reason.CONDITION) {
                met++;
            }
            assertTrue(met >= writers, "met=" + met + " writers=" + writers);
            assertFalse(timeline.machine().steps() > STEPS);
        }
    }
}
