package ringside.emulator.device.apic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.emulator.bus.MessageBus;
import ringside.emulator.timing.CycleClock;

/** Messages between local APICs (Intel SDM volume 3, 11.6), pins, errors and x2APIC (11.12), one rule a test. */
class ApicMessagesTest {
    private static final int TASK_PRIORITY = 0x80;
    private static final int END_OF_INTERRUPT = 0xB0;
    private static final int LOGICAL_DESTINATION = 0xD0;
    private static final int DESTINATION_FORMAT = 0xE0;
    private static final int SPURIOUS = 0xF0;
    private static final int TRIGGER_MODE_1 = 0x190;
    private static final int ERROR_STATUS = 0x280;
    private static final int COMMAND_LOW = 0x300;
    private static final int COMMAND_HIGH = 0x310;
    private static final int LVT_TIMER = 0x320;
    private static final int LVT_PIN_0 = 0x350;
    private static final int LVT_PIN_1 = 0x360;
    private static final int LVT_ERROR = 0x370;
    private static final int ENABLE = 0x1FF;
    private static final int LOGICAL = 1 << 11;
    private static final int ASSERT = 1 << 14;
    private static final int LEVEL = 1 << 15;
    private static final int MASKED = 1 << 16;
    private static final int SELF = 1 << 18;
    private static final int ALL = 2 << 18;
    private static final int OTHERS = 3 << 18;
    private static final long X2 = 0xFEE0_0C00L;
    private static final int CPUS = 4;

    private long now;
    private final List<Integer> ended = new ArrayList<>();
    private final ApicBus bus = new ApicBus();
    private final List<Core> cores = new ArrayList<>();
    private final List<LocalApic> apics = new ArrayList<>();

    @BeforeEach
    void makeFourEnabledApics() {
        bus.onEnd(ended::add);
        for (int i = 0; i < CPUS; i++) {
            cores.add(new Core());
            apics.add(new LocalApic(i, new CycleClock(() -> now, () -> { }), bus, cores.get(i)));
            write(i, SPURIOUS, ENABLE);
        }
    }

    private void write(final int cpu, final int register, final long value) {
        apics.get(cpu).page().write(register, Integer.BYTES, value);
    }

    private long read(final int cpu, final int register) {
        return apics.get(cpu).page().read(register, Integer.BYTES);
    }

    private void send(final int cpu, final int destination, final int command) {
        write(cpu, COMMAND_HIGH, (long) destination << 24);
        write(cpu, COMMAND_LOW, command);
    }

    private String whoHas() {
        final StringBuilder who = new StringBuilder();
        for (int i = 0; i < CPUS; i++) {
            if (apics.get(i).pending()) {
                who.append(i);
                apics.get(i).acknowledge();
                write(i, END_OF_INTERRUPT, 0);
            }
        }
        return who.toString();
    }

    @Test
    void physicalDestinationIsOneAndAllOnesIsEverybody() {
        send(0, 2, 0x40);
        assertEquals("2", whoHas());
        send(1, 0xFF, 0x40);
        assertEquals("0123", whoHas());
        send(0, 9, 0x40);
        assertEquals("", whoHas(), "nobody has this id");
    }

    @Test
    void shorthandsNameTheSenderAllOrTheOthers() {
        send(1, 0, SELF | 0x40);
        assertEquals("1", whoHas());
        send(1, 0, ALL | 0x40);
        assertEquals("0123", whoHas());
        send(1, 0, OTHERS | 0x40);
        assertEquals("023", whoHas());
    }

    @Test
    void flatLogicalDestinationIsASetOfBits() {
        for (int i = 0; i < CPUS; i++) {
            write(i, LOGICAL_DESTINATION, 1L << 24 + i);
        }
        send(0, 0b1010, LOGICAL | 0x40);
        assertEquals("13", whoHas());
    }

    @Test
    void clusterLogicalDestinationIsAClusterAndASetOfBits() {
        for (int i = 0; i < CPUS; i++) {
            write(i, DESTINATION_FORMAT, 0x0FFF_FFFF);
            write(i, LOGICAL_DESTINATION, (i / 2L << 4 | 1 << i % 2) << 24);
        }
        send(0, 0x13, LOGICAL | 0x40);
        assertEquals("23", whoHas());
        send(0, 0x02, LOGICAL | 0x40);
        assertEquals("1", whoHas());
        send(0, 0xFF, LOGICAL | 0x40);
        assertEquals("0123", whoHas());
    }

    @Test
    void lowestPriorityGoesToTheOneWithTheLeastUrgentWork() {
        write(0, TASK_PRIORITY, 0x30);
        write(1, TASK_PRIORITY, 0x10);
        write(2, TASK_PRIORITY, 0x20);
        write(3, SPURIOUS, 0xFF);
        bus.send(0xFF, false, MessageBus.LOWEST_PRIORITY, 0x40, false);
        assertEquals("1", whoHas());
        write(1, TASK_PRIORITY, 0x20);
        bus.send(0xFF, false, MessageBus.LOWEST_PRIORITY, 0x40, false);
        assertEquals("1", whoHas(), "the lowest number of equals");
    }

    @Test
    void initialisationStartAndNmiReachACpuThatIsDisabled() {
        write(2, SPURIOUS, 0xFF);
        send(0, 2, ASSERT | MessageBus.INIT << 8);
        send(0, 2, LEVEL | MessageBus.INIT << 8);
        send(0, 2, ASSERT | MessageBus.START_UP << 8 | 0x9A);
        send(0, 2, ASSERT | MessageBus.NMI << 8);
        assertEquals(List.of("init", "start 0x9a", "nmi"), cores.get(2).told(), "the de-assertion is nothing");
        send(0, 2, 0x40);
        assertEquals("", whoHas());
    }

    @Test
    void deliveryIsNeverPending() {
        send(0, 2, 1 << 12 | 0x40);
        assertEquals(0x40, read(0, COMMAND_LOW));
    }

    @Test
    void illegalVectorIsTheSendersErrorAndItsInterrupt() {
        write(0, LVT_ERROR, 0x60);
        send(0, 1, 0x0F);
        assertEquals("0", whoHas());
        assertEquals(0, read(0, ERROR_STATUS), "until it is written");
        write(0, ERROR_STATUS, 0);
        assertEquals(1 << 5, read(0, ERROR_STATUS));
        write(0, ERROR_STATUS, 0);
        assertEquals(0, read(0, ERROR_STATUS));
    }

    @Test
    void illegalVectorOfAMessageIsTheReceiversError() {
        bus.send(1, false, MessageBus.FIXED, 3, false);
        write(1, ERROR_STATUS, 0);
        assertEquals(1 << 6, read(1, ERROR_STATUS));
        assertFalse(apics.get(1).pending());
    }

    @Test
    void registerThatDoesNotExistIsAnError() {
        assertEquals(0, read(0, 0x040));
        write(0, ERROR_STATUS, 0);
        assertEquals(1 << 7, read(0, ERROR_STATUS));
        write(0, 0x3A0, 1);
        write(0, ERROR_STATUS, 0);
        assertEquals(1 << 7, read(0, ERROR_STATUS));
    }

    @Test
    void errorInterruptWithAnIllegalVectorOfItsOwnIsOnlyAnError() {
        write(0, LVT_ERROR, 0x05);
        send(0, 1, 0x0F);
        assertFalse(apics.get(0).pending());
    }

    @Test
    void endOfALevelTriggeredInterruptIsToldToTheBus() {
        bus.send(1, false, MessageBus.FIXED, 0x31, true);
        bus.send(1, false, MessageBus.FIXED, 0x52, false);
        assertEquals(1 << 0x11, read(1, TRIGGER_MODE_1));
        assertEquals(0x52, apics.get(1).acknowledge());
        write(1, END_OF_INTERRUPT, 0);
        assertEquals(List.of(), ended);
        assertEquals(0x31, apics.get(1).acknowledge());
        write(1, END_OF_INTERRUPT, 0);
        assertEquals(List.of(0x31), ended);
    }

    @Test
    void externalPinAsksWhileItIsAssertedAndUnmasked() {
        final LocalApic apic = apics.get(0);
        apic.pin(0, true);
        assertFalse(apic.acceptsExternal(), "masked after reset");
        write(0, LVT_PIN_0, MessageBus.EXTERNAL << 8);
        assertTrue(apic.acceptsExternal());
        apic.pin(0, false);
        assertFalse(apic.acceptsExternal());
        apic.pin(0, true);
        write(0, LVT_PIN_0, MASKED | MessageBus.EXTERNAL << 8);
        assertFalse(apic.acceptsExternal());
    }

    @Test
    void pinsOfADisabledApicAreTheCpusOwn() {
        assertTrue(apics.get(0).writeBase(0xFEE0_0000L));
        apics.get(0).pin(0, true);
        assertTrue(apics.get(0).acceptsExternal());
        apics.get(0).pin(1, true);
        assertEquals(List.of("nmi"), cores.get(0).told());
    }

    @Test
    void fixedPinByEdgeInterruptsOnceAndByLevelUntilItFalls() {
        write(0, LVT_PIN_0, 0x41);
        apics.get(0).pin(0, true);
        apics.get(0).pin(0, true);
        assertEquals("0", whoHas());
        assertEquals("", whoHas());
        apics.get(0).pin(0, false);
        write(0, LVT_PIN_0, LEVEL | 0x41);
        apics.get(0).pin(0, true);
        assertEquals("0", whoHas());
        assertEquals("0", whoHas(), "still asserted after its end");
        apics.get(0).pin(0, false);
        apics.get(0).acknowledge();
        write(0, END_OF_INTERRUPT, 0);
        assertEquals("", whoHas());
    }

    @Test
    void secondPinBringsNmiAtItsRise() {
        write(0, LVT_PIN_1, MessageBus.NMI << 8);
        apics.get(0).pin(1, true);
        apics.get(0).pin(1, true);
        assertEquals(List.of("nmi"), cores.get(0).told());
    }

    @Test
    void modeChangesOnlyTheWaysThatTheManualAllows() {
        final LocalApic apic = apics.get(1);
        assertFalse(apic.writeBase(0xFEE0_0400L), "x2APIC without enabled");
        assertFalse(apic.writeBase(0xFEE0_0800L | 1L << 40), "beyond the physical addresses");
        assertFalse(apic.writeBase(0xFEE0_0801L), "a reserved bit");
        assertTrue(apic.writeBase(X2));
        assertFalse(apic.writeBase(0xFEE0_0800L), "back to xAPIC");
        assertTrue(apic.writeBase(0xFEE0_0000L));
        assertFalse(apic.writeBase(X2), "from disabled at once");
        assertTrue(apic.writeBase(0xFEE0_0800L));
        assertEquals(0xFF, read(1, SPURIOUS), "disabling lost its state");
        assertEquals(0xFEE0_0900L, apics.get(0).base(), "the first CPU's flag");
    }

    @Test
    void pageMovesAndIsGoneInX2Mode() {
        final LocalApic apic = apics.get(1);
        assertTrue(apic.answersAt(0xFEE0_0320L));
        assertTrue(apic.writeBase(0xFED0_0800L));
        assertTrue(apic.answersAt(0xFED0_0FFFL));
        assertFalse(apic.answersAt(0xFEE0_0000L));
        assertTrue(apic.writeBase(0xFED0_0C00L));
        assertFalse(apic.answersAt(0xFED0_0000L));
    }

    private boolean write2(final int cpu, final int msr, final long value) {
        return apics.get(cpu).writeMsr(msr, value);
    }

    private long read2(final int cpu, final int msr) {
        final long[] value = {-1};
        return apics.get(cpu).readMsr(msr, value) ? value[0] : -1;
    }

    @Test
    void x2RegistersAreThereInX2ModeOnly() {
        assertEquals(-1, read2(2, 0x802));
        apics.get(2).writeBase(X2);
        assertEquals(2, read2(2, 0x802));
        assertEquals(4, read2(2, 0x80D), "cluster 0, bit 2");
        assertEquals(0x1FF, read2(2, 0x80F));
        for (final int absent : new int[] {0x800, 0x809, 0x80B, 0x80E, 0x82F, 0x831, 0x83A, 0x83F, 0x840, 0x8FF}) {
            assertEquals(-1, read2(2, absent), "msr=0x" + Integer.toHexString(absent));
        }
        for (final int readOnly : new int[] {0x802, 0x803, 0x80A, 0x80D, 0x810, 0x827, 0x839}) {
            assertFalse(write2(2, readOnly, 0), "msr=0x" + Integer.toHexString(readOnly));
        }
    }

    @Test
    void reservedBitsOfX2RegistersAreFaults() {
        apics.get(2).writeBase(X2);
        assertFalse(write2(2, 0x808, 0x100));
        assertFalse(write2(2, 0x80B, 1));
        assertFalse(write2(2, 0x80F, 1 << 10));
        assertFalse(write2(2, 0x828, 1));
        assertFalse(write2(2, 0x832, 1 << 8));
        assertFalse(write2(2, 0x838, 1L << 32));
        assertFalse(write2(2, 0x83E, 4));
        assertFalse(write2(2, 0x83F, 0x100));
        assertFalse(write2(2, 0x830, 1 << 13));
        assertTrue(write2(2, 0x832, 0x2_0040));
        assertEquals(0x2_0040, read2(2, 0x832));
        assertTrue(write2(2, 0x828, 0));
    }

    @Test
    void x2CommandIsOneRegisterWithAWideDestination() {
        for (int i = 0; i < CPUS; i++) {
            apics.get(i).writeBase(X2);
        }
        assertTrue(write2(0, 0x830, 3L << 32 | 0x40));
        assertEquals("3", whoHas2());
        assertTrue(write2(0, 0x830, 0b0110L << 32 | LOGICAL | 0x40));
        assertEquals("12", whoHas2());
        assertTrue(write2(0, 0x830, 0x1_0001L << 32 | LOGICAL | 0x40));
        assertEquals("", whoHas2(), "another cluster");
        assertTrue(write2(0, 0x830, 0xFFFF_FFFFL << 32 | 0x40));
        assertEquals("0123", whoHas2());
        assertTrue(write2(1, 0x83F, 0x77));
        assertEquals("1", whoHas2());
        assertEquals(0xFFFF_FFFF_0000_0040L, read2(0, 0x830));
    }

    private String whoHas2() {
        final StringBuilder who = new StringBuilder();
        for (int i = 0; i < CPUS; i++) {
            if (apics.get(i).pending()) {
                who.append(i);
                apics.get(i).acknowledge();
                assertTrue(write2(i, 0x80B, 0));
            }
        }
        return who.toString();
    }

    @Test
    void deadlineTimerFiresByTheTimeStampAndDisarms() {
        final LocalApic apic = apics.get(1);
        apic.tscOffset(1000);
        apic.writeDeadline(1500);
        assertEquals(0, apic.deadline(), "not in this mode");
        write(1, LVT_TIMER, 2 << 17 | 0x44);
        apic.writeDeadline(1500);
        assertEquals(1500, apic.deadline());
        assertEquals(500, apic.nextInterrupt());
        write(1, 0x380, 77);
        assertEquals(0, read(1, 0x380), "the count is not this mode's");
        now = 500;
        assertEquals(0, apic.deadline());
        assertEquals("1", whoHas());
        assertEquals(CycleClock.NEVER, apic.nextInterrupt());
        apic.writeDeadline(1);
        assertEquals(500, apic.nextInterrupt(), "a deadline in the past is now");
        apic.writeDeadline(0);
        assertEquals(CycleClock.NEVER, apic.nextInterrupt(), "0 disarms");
        apic.writeDeadline(5000);
        write(1, LVT_TIMER, 0x44);
        write(1, LVT_TIMER, 2 << 17 | 0x44);
        assertEquals(0, apic.deadline(), "another mode in between disarms");
    }

    @Test
    void resetKeepsTheModeAndLosesTheRest() {
        apics.get(2).writeBase(X2);
        bus.send(2, false, MessageBus.FIXED, 0x40, false);
        apics.get(2).reset();
        assertFalse(apics.get(2).pending());
        assertEquals(2, read2(2, 0x802));
        assertEquals(0xFF, read2(2, 0x80F));
        assertEquals(4, read2(2, 0x80D));
    }
}
