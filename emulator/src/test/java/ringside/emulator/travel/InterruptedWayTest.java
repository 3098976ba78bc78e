package ringside.emulator.travel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.image.GuestImage;

/** Who asks to stop is heard soon, wherever it is, and where he stops is all that it decides. */
class InterruptedWayTest {
    private static final long FAR = 30_000_000;
    /** A look, and the rest of a block. */
    private static final long SOON = 110_000;
    private static final long SOON_UNHEARD = 1_010_000;
    private static final long MEMORY = 256 << 20;
    private static final long COUNTER = 0x20_0000;

    /** Counts rounds of four instructions, in memory. */
    private static GuestImage guest() {
        return new Guest().program(code -> {
            final Label again = code.here();
            code.inc(Reg64.RAX);
            code.mov(Mem.absolute((int) COUNTER), Reg64.RAX);
            code.inc(Reg64.RBX);
            code.jmp(again);
        }).image();
    }

    private static Timeline timeline() {
        return Timeline.boot(MachineConfig.standard(), guest(), MEMORY, Timeline.INTERVAL);
    }

    /** Never comes about, and asks to stop at a block of which it is told so. */
    private static final class Asking implements Condition {
        private final Timeline timeline;
        private final BooleanSupplier asks;
        private long blocks;
        private long asked = -1;

        Asking(final Timeline timeline, final BooleanSupplier asks) {
            this.timeline = timeline;
            this.asks = asks;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.BLOCK);
        }

        @Override
        public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
                final int instructions, final int level) {
            blocks++;
            if (asked < 0 && asks.getAsBoolean()) {
                asked = blocks;
                timeline.interrupt();
            }
        }

        @Override
        public long hits() {
            return 0;
        }

        @Override
        public boolean stopsBefore() {
            return true;
        }
    }

    @Test
    void aWayForwardStopsSoonAndGoesOnAsIfNobodyHadAsked() {
        try (Timeline asked = timeline(); Timeline plain = timeline()) {
            long next = 3_000_000;
            while (asked.position().step() < FAR) {
                final Asking asking = new Asking(asked, after(next));
                asked.machine().addObserver(asking);
                final long wanted = asked.position().step();
                final Stop stop = asked.forward(FAR - wanted);
                asked.machine().removeObserver(asking);
                if (stop.reason() == Stop.Reason.INTERRUPTED) {
                    final long steps = stop.position().step() - wanted;
                    assertTrue(steps <= 4 * next + SOON_UNHEARD,
                        "asked after " + 4 * next + " steps, stopped after " + steps);
                }
                next /= 2;
            }
            plain.forward(FAR);
            assertEquals(plain.machine().stateHash(), asked.machine().stateHash());
            assertEquals(plain.snapshots(), asked.snapshots());
        }
    }

    private static BooleanSupplier after(final long blocks) {
        final long[] count = new long[1];
        return () -> ++count[0] == blocks;
    }

    @Test
    void aSearchForwardAndBackStopsSoonAndPassesNothingBy() {
        try (Timeline timeline = timeline()) {
            final Asking asking = new Asking(timeline, after(6_000_000));
            final Stop stop = timeline.forward(List.of(asking), FAR);
            assertEquals(Stop.Reason.INTERRUPTED, stop.reason());
            assertTrue(stop.position().step() <= 24_000_000 + SOON, stop.position().toString());

            timeline.go(FAR);
            final Asking back = new Asking(timeline, after(10));
            final Stop there = timeline.back(List.of(back));
            assertEquals(Stop.Reason.INTERRUPTED, there.reason());
            assertEquals(FAR, there.position().step(), "who goes back and asks to stop is where he was");
            assertTrue(4 * back.blocks <= SOON, "blocks=" + back.blocks);
        }
    }

    @Test
    void whoAsksWhileAPlaceIsNarrowedDownStopsBeforeIt() {
        try (Timeline timeline = timeline()) {
            final long value = 4_500_000;
            final Stop plain = timeline.forward(List.of(new Reached(value)), FAR);
            assertEquals(Stop.Reason.CONDITION, plain.reason());
            timeline.go(0);
            final Reached reached = new Reached(value);
            // It is heard of once more only by who looks for the place within the piece.
            final Asking asking = new Asking(timeline, () -> reached.hits() > 0);
            final Stop stop = timeline.forward(List.of(reached, asking), FAR);
            assertEquals(Stop.Reason.INTERRUPTED, stop.reason());
            assertTrue(stop.position().step() <= plain.position().step(), stop.position() + ", " + plain.position());
            final Stop again = timeline.forward(List.of(new Reached(value)), FAR);
            assertEquals(plain.position(), again.position());
        }
    }

    /** The counter is written in a certain round. */
    private static final class Reached implements Condition {
        private final long value;
        private long hits;

        Reached(final long value) {
            this.value = value;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.MEMORY_WRITE);
        }

        @Override
        public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level,
                final long page) {
            hits += address == COUNTER && cycle / 4 == value ? 1 : 0;
        }

        @Override
        public long hits() {
            return hits;
        }

        @Override
        public boolean stopsBefore() {
            return false;
        }
    }
}
