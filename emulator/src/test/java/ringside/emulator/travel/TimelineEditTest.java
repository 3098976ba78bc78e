package ringside.emulator.travel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.HostWrite;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.testing.EchoGuest;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;

/** What the user changes in a history and types into it. */
class TimelineEditTest {
    private static final long ADDRESS = 0x40_0000;

    /** Counts in RAX, stores it every so often, and prints, for ever; a word at {@link #ADDRESS} is nobody's. */
    private static GuestImage counting() {
        return new Guest().program(c -> {
            c.xor(Reg32.EAX, Reg32.EAX);
            c.mov(Reg64.RDI, ADDRESS);
            final Label again = c.here();
            c.add(Reg64.RAX, 1);
            c.mov(Mem.at(Reg64.RDI, 0x1000), Reg64.RAX);
            c.mov(Reg64.RBX, Reg64.RAX);
            c.mov(Reg64.RCX, Reg64.RBX);
            c.mov(Reg16.DX, 0x3F8);
            c.outDx(Width.BYTE);
            c.jmp(again);
        }).image();
    }

    private static Timeline timeline(final long memory) {
        return Timeline.boot(MachineConfig.standard().withMemory(8 << 20), counting(), memory, 3000);
    }

    private static void set(final Timeline timeline, final long address, final int value) {
        timeline.edit(machine -> machine.write(address, new byte[] {(byte) value}));
    }

    private static int at(final Timeline timeline, final long address) {
        return timeline.machine().cpu().memory().get(ValueLayout.JAVA_BYTE, address);
    }

    @ParameterizedTest
    @ValueSource(longs = {10_000, 10_001, 10_003})
    void theUserIsTheLastWriterOfWhatHeChanged(final long place) {
        try (Timeline timeline = timeline(Timeline.MEMORY)) {
            timeline.go(place);
            set(timeline, ADDRESS, 7);
            final Position there = timeline.position();
            for (final long from : new long[] {place, place + 1, 30_000}) {
                timeline.go(from);
                final Stop stop = timeline.lastWriter(ADDRESS, 8);
                assertEquals(Stop.Reason.CONDITION, stop.reason());
                assertEquals(OptionalLong.of(place), stop.edit());
                assertEquals(place - 1, stop.position().step(), "before it");
                assertEquals(0, at(timeline, ADDRESS));
                assertEquals(there, timeline.next().position());
                assertEquals(7, at(timeline, ADDRESS));
            }
            timeline.previous();
            assertEquals(Stop.Reason.START, timeline.lastWriter(ADDRESS, 8).reason());
        }
    }

    @Test
    void watchpointsStopAtWhatTheUserChangedBothWays() {
        try (Timeline timeline = timeline(Timeline.MEMORY)) {
            timeline.go(10_001);
            set(timeline, ADDRESS, 7);
            // One is counted by the machine, the other observes; a reader cares for no change.
            final Condition other = new MemoryWritten(ADDRESS + 4, 4);
            final Condition both = new MemoryWritten(ADDRESS, 1,
                    EnumSet.of(EventKind.MEMORY_READ, EventKind.MEMORY_WRITE));
            final Condition reads = new MemoryWritten(ADDRESS, 1, EnumSet.of(EventKind.MEMORY_READ));
            final List<Condition> all = List.of(other, both, reads);
            timeline.go(9000);
            final Stop forward = timeline.forward(all, 10_000);
            assertEquals(10_001, forward.position().step());
            assertEquals(List.of(both), forward.met());
            assertEquals(OptionalLong.of(10_001), forward.edit());
            timeline.go(20_000);
            final Stop back = timeline.back(all);
            assertEquals(10_000, back.position().step());
            assertEquals(List.of(both), back.met());
            assertEquals(OptionalLong.of(10_001), back.edit());
        }
    }

    @Test
    void aChangeAtTheStartIsFoundThere() {
        try (Timeline timeline = timeline(Timeline.MEMORY)) {
            set(timeline, ADDRESS, 7);
            timeline.go(5000);
            final Stop stop = timeline.lastWriter(ADDRESS, 1);
            assertEquals(Stop.Reason.START, stop.reason());
            assertEquals(OptionalLong.of(0), stop.edit());
            assertEquals(OptionalLong.empty(), timeline.lastWriter(ADDRESS + 1, 1).edit());
        }
    }

    @Test
    void aChangeThatFailsIsNone() {
        try (Timeline timeline = timeline(Timeline.MEMORY)) {
            timeline.go(20_000);
            final String there = timeline.machine().stateHash();
            timeline.go(10_003);
            final String here = timeline.machine().stateHash();
            assertThrows(IllegalArgumentException.class, () -> timeline.edit(machine -> {
                machine.write(ADDRESS, new byte[] {1});
                machine.write(0, CpuRegister.RAX, 1);
                machine.write(-1, new byte[1]);
            }));
            assertEquals(here, timeline.machine().stateHash());
            assertEquals(10_003, timeline.position().step());
            timeline.go(20_000);
            assertEquals(there, timeline.machine().stateHash());
        }
    }

    /** Each instruction and each store, with its time. */
    private static final class Stores implements MachineObserver {
        private final List<List<Long>> all = new ArrayList<>();

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.INSTRUCTION, EventKind.MEMORY_WRITE);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            all.add(List.of(cycle, (long) cpu, address));
        }

        @Override
        public void memoryWrite(
                final long cycle, final int cpu, final long address, final int size, final int level) {
            all.add(List.of(cycle, (long) cpu, address, (long) size));
        }
    }

    @Test
    void aSecondMachineThatGoesTheSameWayMakesTheSameChanges() {
        final GuestImage image = counting();
        final MachineConfig config = MachineConfig.standard().withMemory(8 << 20);
        final Stores expected = new Stores();
        final long place;
        try (Machine machine = Machine.boot(config, image)) {
            machine.addObserver(expected);
            machine.run(Budget.steps(5000));
            place = machine.steps();
            machine.write(0, CpuRegister.RDI, ADDRESS + 0x2000);
            machine.run(Budget.steps(9000 - place));
        }
        try (Timeline timeline = Timeline.boot(config, image)) {
            timeline.go(place);
            timeline.edit(machine -> machine.write(0, CpuRegister.RDI, ADDRESS + 0x2000));
            timeline.go(place - 1000);
            final Position here = timeline.position();
            final Stores heard = new Stores();
            final Retraced piece = timeline.retrace(0, 9000, machine -> List.of(heard));
            assertTrue(piece.whole() && piece.from() == 0 && piece.to() >= 9000, piece::toString);
            assertEquals(expected.all, heard.all);
            assertEquals(here, timeline.position());
        }
    }

    @Test
    void goingThroughAPieceOnceMoreIsInterrupted() throws InterruptedException {
        try (Timeline timeline = timeline(Timeline.MEMORY)) {
            timeline.go(10_001);
            final Position here = timeline.position();
            final Retraced[] piece = new Retraced[1];
            final CountDownLatch begun = new CountDownLatch(1);
            final Thread walking = new Thread(
                    () -> piece[0] = timeline.retrace(5000, 50_000_000L, machine -> {
                        begun.countDown();
                        return List.of();
                    }));
            walking.start();
            begun.await();
            while (walking.isAlive()) {
                timeline.interrupt();
                walking.join(10);
            }
            assertTrue(!piece[0].whole() && piece[0].to() < 50_000_000L, piece[0]::toString);
            assertEquals(here, timeline.position());
        }
    }

    @Test
    void manyChangesNeitherSpreadTheSnapshotsNorTakeMemoryWithoutLimit() {
        final long memory = 4 << 20;
        try (Timeline timeline = timeline(memory)) {
            for (int i = 1; i <= 400; i++) {
                timeline.go(50L * i + i % 7);
                set(timeline, ADDRESS + i % 8, i);
            }
            timeline.go(60_000);
            final List<Long> snapshots = timeline.snapshots();
            assertEquals(0, snapshots.getFirst());
            for (int i = 1; i < snapshots.size(); i++) {
                assertTrue(snapshots.get(i) - snapshots.get(i - 1) < 6000, snapshots::toString);
            }
            assertTrue(snapshots.size() >= 12, snapshots::toString);
            timeline.go(50L * 200 + 200 % 7);
            assertEquals((byte) 200, at(timeline, ADDRESS));
            timeline.go(60_000);
            final byte[] much = new byte[40_000];
            for (int i = 0; i < 40; i++) {
                final int value = i;
                timeline.go(60_000L + 100 * i);
                timeline.edit(machine -> {
                    much[0] = (byte) value;
                    machine.write(ADDRESS, much);
                });
                assertTrue(timeline.memory() <= memory, "memory=" + timeline.memory());
            }
            final long first = timeline.first();
            assertTrue(first > 0 && first < 63_900, "the history begins later: " + first);
            timeline.go(0);
            assertEquals(first, timeline.position().step());
            assertEquals(Stop.Reason.START, timeline.previous().reason());
            timeline.go(63_899);
            assertEquals(38, at(timeline, ADDRESS));
            timeline.next();
            assertEquals(39, at(timeline, ADDRESS));
        }
    }

    @Test
    void whatAChangeMakesVoidIsNotKept() {
        final Edit first = new Edit(0, 0, List.of(new HostWrite.OfMemory(0, new byte[8])));
        final HostWrite larger = new HostWrite.OfMemory(0, new byte[9]);
        final HostWrite smaller = new HostWrite.OfMemory(1, new byte[1]);
        final HostWrite register = new HostWrite.OfRegister(0, CpuRegister.RAX, 1);
        final HostWrite other = new HostWrite.OfRegister(0, CpuRegister.RBX, 1);
        assertEquals(List.of(register, larger, smaller), first.and(List.of(register, larger, smaller)).writes());
        assertEquals(List.of(larger, register, other, register),
                new Edit(0, 0, List.of(larger)).and(List.of(register, register, other, register)).writes());
    }

    @Test
    void ofWhatAGuestSaysTheLatestIsKept() {
        try (Timeline timeline = timeline(1 << 20)) {
            timeline.go(2_000_000);
            final int said = timeline.said();
            assertTrue(said > 250_000, "said=" + said);
            final byte[] known = timeline.said(0);
            assertEquals(said, timeline.saidKnown() + known.length);
            assertTrue(known.length >= 30_000 && known.length <= 1 << 16, "known=" + known.length);
            assertEquals((byte) said, known[known.length - 1]);
            assertEquals((byte) (timeline.saidKnown() + 1), known[0]);
            assertEquals(2, timeline.said(said - 2).length);
            timeline.go(1000);
            assertEquals(0, timeline.said(0).length);
            set(timeline, ADDRESS, 1);
            timeline.go(1100);
            assertTrue(timeline.said(0).length > 5, "known again");
        }
    }

    @Test
    void noMoreWaitsToBeHeardThanThereIsRoomFor() {
        try (Timeline timeline = timeline(Timeline.MEMORY)) {
            timeline.type(new byte[History.MOST_UNHEARD - 1]);
            assertThrows(IllegalArgumentException.class, () -> timeline.type(new byte[2]));
            timeline.type(new byte[1]);
            assertEquals(History.MOST_UNHEARD, timeline.unheard());
        }
    }

    private static void type(final Timeline timeline, final String text) {
        timeline.type(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String said(final Timeline timeline) {
        return new String(timeline.said(0), StandardCharsets.US_ASCII);
    }

    @Test
    void whatWasTypedAndHeardBehindAChangeIsHeardOnceMore() {
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), EchoGuest.image())) {
            timeline.forward(1_000_000);
            type(timeline, "a");
            timeline.forward(1_000_000);
            final long middle = timeline.position().step() - 1;
            type(timeline, "bc");
            timeline.forward(1_000_000);
            assertEquals("abc", said(timeline));
            timeline.go(middle);
            timeline.edit(machine -> machine.write(0, CpuRegister.R15, 1));
            assertEquals("a", said(timeline));
            assertEquals(2, timeline.unheard());
            timeline.forward(1_000_000);
            assertEquals("abc", said(timeline));
        }
    }

    @Test
    void aHistoryThatHeardMuchBeginsLater() {
        final long memory = 1 << 20;
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), EchoGuest.image(), memory, 500)) {
            timeline.forward(1_000_000);
            for (int i = 0; i < 300; i++) {
                type(timeline, "0123456789");
                timeline.forward(1_000_000);
                assertTrue(timeline.memory() <= memory, "memory=" + timeline.memory());
            }
            assertTrue(said(timeline).endsWith("89"), said(timeline));
            assertTrue(timeline.first() > 0, "first=" + timeline.first());
            final String end = timeline.machine().stateHash();
            final long last = timeline.position().step();
            final int all = timeline.said();
            timeline.go(0);
            assertEquals(timeline.first(), timeline.position().step());
            timeline.go(last);
            assertEquals(end, timeline.machine().stateHash());
            assertEquals(all, timeline.said());
        }
    }

    @Test
    void aSnapshotOfAGuestThatEndedWaitingForInputGoesOnWhenSomethingIsTyped() {
        final Snapshot ended;
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), EchoGuest.image())) {
            assertEquals(Stop.Reason.ENDED, timeline.forward(1_000_000).reason());
            ended = timeline.base();
        }
        for (final boolean looked : new boolean[] {false, true}) {
            try (Timeline timeline = Timeline.boot(MachineConfig.standard(), EchoGuest.image())) {
                timeline.begin(ended);
                assertEquals(ended.hash(), timeline.machine().stateHash());
                assertTrue(timeline.ended().isPresent());
                if (looked) {
                    timeline.forward(100);
                }
                type(timeline, "ab");
                assertTrue(timeline.ended().isEmpty());
                timeline.forward(1_000_000);
                assertEquals("ab", said(timeline));
                final String end = timeline.machine().stateHash();
                final long last = timeline.position().step();
                timeline.go(0);
                timeline.go(last);
                assertEquals(end, timeline.machine().stateHash());
            }
        }
    }
}
