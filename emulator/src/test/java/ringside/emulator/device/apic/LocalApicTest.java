package ringside.emulator.device.apic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.emulator.timing.CycleClock;

/** Intel SDM volume 3, chapter 11, one rule a test. */
class LocalApicTest {
    private static final int TASK_PRIORITY = 0x80;
    private static final int PROCESSOR_PRIORITY = 0xA0;
    private static final int END_OF_INTERRUPT = 0xB0;
    private static final int SPURIOUS = 0xF0;
    private static final int COMMAND = 0x300;
    private static final int LVT_TIMER = 0x320;
    private static final int INITIAL_COUNT = 0x380;
    private static final int CURRENT_COUNT = 0x390;
    private static final int DIVIDE = 0x3E0;
    private static final int ENABLE = 0x1FF;
    private static final int SELF = 1 << 18;
    private static final int PERIODIC = 1 << 17;
    private static final int MASKED = 1 << 16;

    private long now;
    private CycleClock clock;
    private LocalApic apic;

    @BeforeEach
    void makeAnEnabledApic() {
        clock = new CycleClock(() -> now, () -> { });
        apic = new LocalApic(0, clock, new ApicBus(), new Core());
        write(SPURIOUS, ENABLE);
        write(DIVIDE, 0xB);
    }

    private void write(final int register, final long value) {
        apic.page().write(register, Integer.BYTES, value);
    }

    private long read(final int register) {
        return apic.page().read(register, Integer.BYTES);
    }

    private void interruptSelf(final int vector) {
        write(COMMAND, SELF | vector);
    }

    private void passTo(final long cycle) {
        now = cycle;
        clock.fireDue();
    }

    @Test
    void higherVectorIsDeliveredFirst() {
        interruptSelf(0x31);
        interruptSelf(0x52);
        assertTrue(apic.pending());
        assertEquals(0x52, apic.acknowledge());
    }

    @Test
    void lowerClassWaitsForTheEndOfAHigherOne() {
        interruptSelf(0x52);
        assertEquals(0x52, apic.acknowledge());
        interruptSelf(0x31);
        interruptSelf(0x5F);
        assertFalse(apic.pending(), "the same class does not nest");
        write(END_OF_INTERRUPT, 0);
        assertEquals(0x5F, apic.acknowledge());
        write(END_OF_INTERRUPT, 0);
        assertEquals(0x31, apic.acknowledge());
    }

    @Test
    void taskPriorityHoldsItsClassAndBelowBack() {
        write(TASK_PRIORITY, 0x50);
        interruptSelf(0x5F);
        assertFalse(apic.pending());
        assertEquals(0x50, read(PROCESSOR_PRIORITY));
        write(TASK_PRIORITY, 0x4F);
        assertTrue(apic.pending());
    }

    @Test
    void pendingVectorIsTheHighestOfAnySet() {
        final Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            makeAnEnabledApic();
            final TreeSet<Integer> model = new TreeSet<>();
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                final int vector = 16 + random.nextInt(240);
                model.add(vector);
                interruptSelf(vector);
            }
            while (!model.isEmpty()) {
                assertTrue(apic.pending(), "waiting: " + model);
                assertEquals(model.pollLast(), apic.acknowledge());
                write(END_OF_INTERRUPT, 0);
            }
            assertFalse(apic.pending());
        }
    }

    @Test
    void vectorsBelow16AreIllegalAndIgnored() {
        interruptSelf(15);
        assertFalse(apic.pending());
    }

    @Test
    void oneShotTimerFiresOnce() {
        write(LVT_TIMER, 0x40);
        write(INITIAL_COUNT, 100);
        passTo(99);
        assertFalse(apic.pending());
        assertEquals(1, read(CURRENT_COUNT));
        passTo(100);
        assertEquals(0x40, apic.acknowledge());
        assertEquals(0, read(CURRENT_COUNT));
        assertEquals(CycleClock.NEVER, clock.next());
    }

    @Test
    void reservedTimerModeFiresOnce() {
        write(LVT_TIMER, 3 << 17 | 0x31);
        write(INITIAL_COUNT, 100);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> passTo(1000));
        assertEquals(0x31, apic.acknowledge());
        write(END_OF_INTERRUPT, 0);
        passTo(10_000);
        assertFalse(apic.pending());
    }

    @Test
    void periodicTimerReloadsWithoutDrifting() {
        write(LVT_TIMER, 0x40 | PERIODIC);
        write(INITIAL_COUNT, 100);
        passTo(130);
        assertEquals(0x40, apic.acknowledge());
        assertEquals(70, read(CURRENT_COUNT));
        assertEquals(200, clock.next());
    }

    @Test
    void maskedTimerCountsWithoutInterrupting() {
        write(LVT_TIMER, 0x40 | MASKED);
        write(INITIAL_COUNT, 100);
        passTo(60);
        assertEquals(40, read(CURRENT_COUNT));
        passTo(100);
        assertEquals(0, read(CURRENT_COUNT));
        assertEquals(CycleClock.NEVER, clock.next(), "and wakes nobody");
        write(LVT_TIMER, 0x40);
        passTo(200);
        assertFalse(apic.pending(), "an expiry that was masked is over");
    }

    @Test
    void periodicTimerThatIsUnmaskedLaterKeepsItsPeriods() {
        write(LVT_TIMER, 0x40 | PERIODIC | MASKED);
        write(INITIAL_COUNT, 100);
        passTo(250);
        write(LVT_TIMER, 0x40 | PERIODIC);
        assertEquals(300, clock.next());
        assertEquals(50, read(CURRENT_COUNT));
    }

    @Test
    void timerThatExpiredStaysAtZeroWhenItBecomesPeriodic() {
        write(LVT_TIMER, 0x40);
        write(INITIAL_COUNT, 100);
        passTo(150);
        write(LVT_TIMER, 0x40 | PERIODIC);
        assertEquals(0, read(CURRENT_COUNT));
        assertEquals(CycleClock.NEVER, clock.next());
    }

    @Test
    void timerThatChangesFromPeriodicToOneShotCountsOn() {
        write(LVT_TIMER, 0x40 | PERIODIC);
        write(INITIAL_COUNT, 100);
        passTo(30);
        write(LVT_TIMER, 0x40);
        assertEquals(70, read(CURRENT_COUNT));
        passTo(100);
        assertEquals(0x40, apic.acknowledge());
        assertEquals(CycleClock.NEVER, clock.next());
    }

    @Test
    void expiryInTheMiddleOfABlockIsNotLostByAWriteBehindIt() {
        write(LVT_TIMER, 0x40);
        write(INITIAL_COUNT, 100);
        now = 105;
        write(LVT_TIMER, 0x41);
        assertTrue(apic.pending());
        assertEquals(0x40, apic.acknowledge());
    }

    @Test
    void divideRegisterCodesEveryPowerOfTwo() {
        final int[] codes = {0xB, 0x0, 0x1, 0x2, 0x3, 0x8, 0x9, 0xA};
        for (int shift = 0; shift < codes.length; shift++) {
            makeAnEnabledApic();
            write(LVT_TIMER, 0x40);
            write(DIVIDE, codes[shift]);
            write(INITIAL_COUNT, 10);
            assertEquals(now + (10L << shift), clock.next(), "code=" + codes[shift]);
        }
    }

    @Test
    void whatIsLeftOfTheCountGoesOnAtTheNewRate() {
        write(LVT_TIMER, 0x40);
        write(INITIAL_COUNT, 100);
        now = 40;
        write(DIVIDE, 0x1);
        assertEquals(60, read(CURRENT_COUNT));
        assertEquals(40 + 60 * 4, clock.next());
        passTo(40 + 59 * 4);
        assertEquals(1, read(CURRENT_COUNT));
    }

    @Test
    void writingZeroStopsTheTimer() {
        write(LVT_TIMER, 0x40);
        write(INITIAL_COUNT, 10);
        write(INITIAL_COUNT, 0);
        assertEquals(CycleClock.NEVER, clock.next());
    }

    @Test
    void disabledApicMasksItsLocalVectorsAndTakesNothing() {
        write(LVT_TIMER, 0x40);
        write(SPURIOUS, 0xFF);
        assertEquals(0x40 | MASKED, read(LVT_TIMER));
        interruptSelf(0x50);
        assertFalse(apic.pending());
        write(LVT_TIMER, 0x40);
        assertEquals(0x40 | MASKED, read(LVT_TIMER), "the mask cannot be cleared while disabled");
    }

    @Test
    void onlyAligned32BitAccessesCount() {
        apic.page().write(LVT_TIMER, Byte.BYTES, 0x40);
        apic.page().write(LVT_TIMER + 4, Integer.BYTES, 0x40);
        assertEquals(MASKED, read(LVT_TIMER));
        assertEquals(0, apic.page().read(LVT_TIMER + 4, Integer.BYTES));
    }
}
