package ringside.emulator.travel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
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
import ringside.emulator.machine.ResetPolicy;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.testing.EchoGuest;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.PlausibleGuest;
import ringside.emulator.testing.PlausibleProgram;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;
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
    @ValueSource(ints = {1, 2, 4, 16})
    void anyWayLeadsToTheStateOfAMachineThatNobodyWatches(final int cpus) {
        for (int seed = 0; seed < 2; seed++) {
            final GuestImage image = PlausibleGuest.of(seed, cpus).image();
            final Random random = new Random(seed);
            try (Timeline timeline = Timeline.boot(config(cpus), image, 1 << 20, 3000)) {
                int compared = 0;
                for (int i = 0; i < (cpus == 16 ? 10 : 25); i++) {
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
                assertTrue(compared > (cpus == 16 ? 0 : 3), "compared=" + compared);
            }
        }
    }

    @Test
    void aHistoryKnowsHowFarItWentAndWhereItsSnapshotsAre() {
        try (Timeline timeline = Timeline.boot(config(1), PlausibleGuest.of(1, 1).image(), 1 << 26, 3000)) {
            timeline.nextCpu();
            assertEquals(0, timeline.farthest(), "looking ahead is not going there");
            timeline.go(10_000);
            final long far = timeline.position().step();
            timeline.go(4000);
            assertEquals(far, timeline.farthest(), 200, "the block's end counts");
            assertTrue(timeline.farthest() >= far);
            assertEquals(0, timeline.snapshots().getFirst());
            assertTrue(timeline.snapshots().size() >= 3, timeline.snapshots()::toString);

            timeline.edit(machine -> machine.write(0, CpuRegister.R15, 1));
            assertEquals(timeline.machine().steps(), timeline.farthest(), "what came behind has not happened");
            assertTrue(timeline.snapshots().getLast() <= timeline.farthest(), timeline.snapshots()::toString);
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
    @ValueSource(ints = {1, 3, 16})
    void stepsForwardAndBackMeetEveryInstructionThatAnUnwatchedMachineExecutes(final int cpus) {
        final GuestImage image = PlausibleGuest.of(11, cpus).image();
        final long from = cpus == 16 ? 14_000 : 3_000;
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
            int atOnce = 0;
            for (int i = 0; i < many; i++) {
                final int cpu = timeline.nextCpu();
                final long rip = timeline.machine().cpu(cpu).read(CpuRegister.RIP);
                final long steps = timeline.machine().steps(cpu);
                final long instructions = timeline.machine().instructions();
                places.add(timeline.position());
                timeline.next();
                final long done = timeline.machine().instructions() - instructions;
                if (done == 1) {
                    assertEquals(steps + 1, timeline.machine().steps(cpu), "one at a time");
                    executed.add(rip * 16 + cpu);
                } else if (done > 1) {
                    // A block that stores to its own instructions is one place from there on.
                    atOnce++;
                    final int known = before + executed.size();
                    executed.addAll(addresses.all.subList(known, known + (int) done));
                }
            }
            assertTrue(atOnce <= (cpus == 16 ? 2 : 0), "several at once: " + atOnce);
            for (int i = 0; i < executed.size(); i++) {
                assertEquals(addresses.all.get(before + i), executed.get(i), "instruction " + (before + i));
            }
            assertTrue(executed.size() > many / 20,
                    "executed=" + executed.size() + " at " + timeline.position() + timeline.ended());
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
                assertEquals(breakpoint, timeline.ahead(breakpoint), "a way that ended here has not met it");
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

    /** The same question, asked of an observer of all memory. */
    private static final class Observed implements Condition {
        private final MemoryWritten asked;

        private Observed(final long physical, final int bytes) {
            asked = new MemoryWritten(physical, bytes);
        }

        @Override
        public Set<EventKind> interests() {
            return asked.interests();
        }

        @Override
        public void memoryWrite(
                final long cycle, final int cpu, final long address, final int size, final int level) {
            asked.memoryWrite(cycle, cpu, address, size, level);
        }

        @Override
        public long hits() {
            return asked.hits();
        }

        @Override
        public boolean stopsBefore() {
            return false;
        }
    }

    private static List<Position> stops(final Timeline timeline, final Condition condition) {
        final List<Position> stops = new ArrayList<>();
        timeline.go(0);
        while (stops.size() < 60) {
            final Stop stop = timeline.forward(List.of(condition), STEPS - timeline.position().step());
            if (stop.reason() != Stop.Reason.CONDITION) {
                break;
            }
            stops.add(stop.position());
        }
        return stops;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void storesThatTheMachineCountsAreThoseThatObserversHear(final int cpus) {
        int found = 0;
        for (int seed = 20; seed < 23; seed++) {
            final Random random = new Random(seed);
            try (Timeline timeline = Timeline.boot(config(cpus), PlausibleGuest.of(seed, cpus).image())) {
                for (int i = 0; i < 3; i++) {
                    final long address = PlausibleProgram.SHARED + random.nextInt(0x400);
                    final int bytes = 1 + random.nextInt(8);
                    final List<Position> counted = stops(timeline, new MemoryWritten(address, bytes));
                    assertEquals(stops(timeline, new Observed(address, bytes)), counted,
                            "seed=" + seed + " address=0x" + Long.toHexString(address) + " bytes=" + bytes);
                    found += counted.size();
                }
            }
        }
        assertTrue(found > 20, "found=" + found);
    }

    @Test
    void whatIsTypedIsHeardBehindAllThatHappenedAndInTheSamePlaceEachTime() {
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), EchoGuest.image())) {
            final Stop waits = timeline.forward(1_000_000);
            assertEquals(Stop.Reason.ENDED, waits.reason());
            timeline.type("ab".getBytes(StandardCharsets.US_ASCII));
            timeline.forward(1_000_000);
            assertEquals("ab", new String(timeline.said(0), StandardCharsets.US_ASCII));
            final String end = timeline.machine().stateHash();
            final long steps = timeline.position().step();
            timeline.go(0);
            assertEquals(0, timeline.said());
            timeline.go(steps);
            assertEquals(end, timeline.machine().stateHash());
            timeline.type("c".getBytes(StandardCharsets.US_ASCII));
            timeline.forward(1_000_000);
            assertEquals("abc", new String(timeline.said(0), StandardCharsets.US_ASCII));
            assertEquals(3, timeline.input().bytes());
        }
    }

    @Test
    void aHistoryThatBeginsAtASnapshotHearsFurtherInputWhereTheFirstOneWould() {
        final Snapshot begin;
        final String end;
        final String said;
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), EchoGuest.image())) {
            timeline.forward(1_000_000);
            timeline.type("ab".getBytes(StandardCharsets.US_ASCII));
            timeline.forward(1_000_000);
            timeline.go(timeline.position().step() - 5);
            begin = timeline.base();
            final int before = timeline.said();
            timeline.forward(1_000_000);
            timeline.type("c".getBytes(StandardCharsets.US_ASCII));
            timeline.forward(1_000_000);
            end = timeline.machine().stateHash();
            said = new String(timeline.said(before), StandardCharsets.US_ASCII);
        }
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), EchoGuest.image())) {
            timeline.forward(1000);
            timeline.begin(begin);
            assertEquals(begin.hash(), timeline.machine().stateHash());
            assertEquals(Stop.Reason.START, timeline.previous().reason());
            timeline.forward(1_000_000);
            timeline.type("c".getBytes(StandardCharsets.US_ASCII));
            timeline.forward(1_000_000);
            final long last = timeline.position().step();
            assertEquals(end, timeline.machine().stateHash());
            assertTrue(said.endsWith("c"), said);
            assertEquals(said, new String(timeline.said(0), StandardCharsets.US_ASCII));
            timeline.go(0);
            assertEquals(begin.steps(), timeline.position().step());
            timeline.go(last);
            assertEquals(end, timeline.machine().stateHash());
            try (Machine second = timeline.fork(begin)) {
                second.run(Budget.steps(last - begin.steps()));
                assertEquals(end, second.stateHash(), "a second machine hears the same");
            }
        }
    }

    @Test
    void anEditChangesWhatComesBehindItAndNothingBefore() {
        final GuestImage image = PlausibleGuest.of(2, 1).image();
        try (Timeline timeline = Timeline.boot(config(1), image, Timeline.MEMORY, 3000)) {
            timeline.go(20_000);
            final String there = timeline.machine().stateHash();
            timeline.go(10_001);
            timeline.edit(machine -> machine.write(0, CpuRegister.R15, 3));
            assertEquals(10_001, timeline.position().step());
            assertEquals(3, timeline.machine().cpu().read(CpuRegister.R15));
            timeline.go(20_000);
            assertNotEquals(there, timeline.machine().stateHash());
            timeline.go(10_000);
            assertNotEquals(3, timeline.machine().cpu().read(CpuRegister.R15));
            timeline.next();
            assertEquals(3, timeline.machine().cpu().read(CpuRegister.R15));
        }
    }

    @Test
    void memoryForSnapshotsStaysWithinItsBudgetAndEveryPlaceCanStillBeReached() {
        final GuestImage image = PlausibleGuest.of(9, 2).image();
        final long budget = 2 << 20;
        try (Timeline timeline = Timeline.boot(config(2), image, budget, 500);
                Timeline free = Timeline.boot(config(2), image)) {
            timeline.forward(STEPS);
            assertTrue(timeline.memory() <= budget, "bytes=" + timeline.memory());
            for (final long step : new long[] {1, 777, STEPS / 3, STEPS - 1}) {
                timeline.go(step);
                free.go(step);
                assertEquals(free.position(), timeline.position());
                assertEquals(free.machine().stateHash(), timeline.machine().stateHash());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stepsGoOnFromWhereASearchStopped(final int cpus) {
        final Random random = new Random(5);
        try (Timeline timeline = Timeline.boot(config(cpus), PlausibleGuest.of(11, cpus).image())) {
            for (int i = 0; i < 40; i++) {
                timeline.go(random.nextLong(1000, STEPS));
                final Condition step = new StepOf(timeline.machine(), random.nextInt(cpus));
                final Position found = timeline.back(List.of(step)).position();
                final List<Position> after = nextPlaces(timeline);
                timeline.go(found.step());
                assertEquals(nextPlaces(timeline), after, "from " + found);
            }
        }
    }

    private static List<Position> nextPlaces(final Timeline timeline) {
        final List<Position> places = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            places.add(timeline.next().position());
        }
        return places;
    }

    @Test
    void everyPlaceOfAGuestThatHaltsIsMetBackwardsAsWell() {
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), EchoGuest.image())) {
            timeline.forward(1_000_000);
            timeline.type("ab".getBytes(StandardCharsets.US_ASCII));
            timeline.forward(1_000_000);
            timeline.go(0);
            final List<Position> places = new ArrayList<>();
            while (timeline.ended().isEmpty()) {
                places.add(timeline.position());
                timeline.next();
                assertTrue(timeline.machine().steps() > places.getLast().step(), "no step from " + places.getLast());
            }
            for (final Position place : places.reversed()) {
                timeline.previous();
                assertEquals(place, timeline.position());
            }
        }
    }

    @Test
    void whatIsTypedLeavesThePastOfAGuestThatPollsAsItWas() {
        // Long enough for the guest to have looked in vain so often that it is given what comes, and between two looks.
        final GuestImage image = new Guest().program(c -> {
            c.mov(Reg16.DX, 0x3FD);
            final Label again = c.here();
            c.inDx(Width.BYTE);
            c.and(Reg32.EAX, 1);
            c.add(Reg64.RSI, Reg64.RAX);
            c.jmp(again);
        }).image();
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), image)) {
            timeline.forward(20_030_000);
            final String there = timeline.machine().stateHash();
            final long steps = timeline.position().step();
            timeline.type("x".getBytes(StandardCharsets.US_ASCII));
            timeline.go(15_000_000);
            // Not from a snapshot behind the last look, which would show nothing.
            timeline.forward(steps - timeline.position().step());
            assertEquals(there, timeline.machine().stateHash());
        }
    }

    @Test
    void stepsGoOverAReset() {
        final GuestImage image = new Guest().program(c -> {
            c.mov(Reg16.DX, 0xCF9);
            c.mov(Reg8.AL, 6);
            c.nop();
            c.outDx(Width.BYTE);
        }).image();
        try (Timeline timeline = Timeline.boot(MachineConfig.standard().withReset(ResetPolicy.REBOOT), image)) {
            for (int i = 0; i < 200 && timeline.machine().steps() < 1_000_000; i++) {
                timeline.step(0);
            }
            assertTrue(timeline.machine().steps() >= 1_000_000, "it stays at " + timeline.position());
            timeline.previous();
            assertTrue(timeline.machine().steps() < 1_000_000, "back before the reset: " + timeline.position());
        }
    }
}
