package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.emulator.device.apic.ApicBus;
import ringside.emulator.device.apic.ApicCore;
import ringside.emulator.device.apic.LocalApic;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.timing.CycleClock;

/** The machine's own MSRs (Intel SDM volume 4, table 2-2). */
class MsrsTest {
    private static final int TSC = 0x10;
    private static final int TSC_ADJUST = 0x3B;
    private static final int APIC_BASE = 0x1B;
    private static final int MTRR_CAP = 0xFE;
    private static final int MTRR_DEFAULT = 0x2FF;
    private static final int TSC_DEADLINE = 0x6E0;

    private long now = 1000;
    private LocalApic apic;
    private Msrs msrs;

    @BeforeEach
    void makeThem() {
        final CycleClock clock = new CycleClock(() -> now, () -> { });
        apic = new LocalApic(0, clock, new ApicBus(), new Nobody());
        msrs = new Msrs(apic, () -> now);
    }

    private static final class Nobody implements ApicCore {
        @Override
        public void changed() {
            // Nobody hears it.
        }

        @Override
        public void nmi() {
            // Nobody hears it.
        }

        @Override
        public void initialise() {
            // Nobody hears it.
        }

        @Override
        public void startUp(final int vector) {
            // Nobody hears it.
        }
    }

    private long read(final int msr) {
        final long[] value = new long[1];
        assertTrue(msrs.read(msr, value), "msr=0x" + Integer.toHexString(msr));
        return value[0];
    }

    private boolean isThere(final int msr) {
        return msrs.read(msr, new long[1]);
    }

    @Test
    void timeStampStartsAt0AndTheAdjustmentFollowsIt() {
        assertEquals(0, read(TSC));
        now = 1500;
        assertEquals(500, read(TSC));
        assertTrue(msrs.write(TSC, 10_000));
        assertEquals(9500, read(TSC_ADJUST));
        now = 1600;
        assertEquals(10_100, msrs.timeStamp());
        assertTrue(msrs.write(TSC_ADJUST, -100));
        assertEquals(500, read(TSC));
    }

    @Test
    void deadlineIsByTheAdjustedTimeStamp() {
        msrs.write(TSC, 50_000);
        apic.page().write(0xF0, Integer.BYTES, 0x1FF);
        apic.page().write(0x320, Integer.BYTES, 2 << 17 | 0x40);
        assertTrue(msrs.write(TSC_DEADLINE, 50_700));
        assertEquals(1700, apic.nextInterrupt());
        assertTrue(msrs.write(TSC_ADJUST, read(TSC_ADJUST) + 300));
        assertEquals(1400, apic.nextInterrupt(), "a counter that jumps takes the deadline with it");
        assertEquals(50_700, read(TSC_DEADLINE));
    }

    @Test
    void memoryTypesAreCheckedAndKept() {
        assertEquals(0x508, read(MTRR_CAP));
        assertFalse(msrs.write(MTRR_CAP, 0));
        assertTrue(msrs.write(MTRR_DEFAULT, 0xC06));
        assertEquals(0xC06, read(MTRR_DEFAULT));
        assertFalse(msrs.write(MTRR_DEFAULT, 0xC02));
        assertFalse(msrs.write(MTRR_DEFAULT, 1 << 12));
        assertTrue(msrs.write(0x200, 0x8000_0006L));
        assertFalse(msrs.write(0x200, 0x8000_0003L));
        assertFalse(msrs.write(0x200, 1L << 40));
        assertTrue(msrs.write(0x201, 0xFF_8000_0800L));
        assertFalse(msrs.write(0x201, 0xFF_8000_0806L));
        assertTrue(isThere(0x20F));
        assertFalse(isThere(0x210));
        for (final int fixed : new int[] {0x250, 0x258, 0x259, 0x268, 0x26F}) {
            assertTrue(msrs.write(fixed, 0x0606_0606_0505_0400L));
            assertEquals(0x0606_0606_0505_0400L, read(fixed));
            assertFalse(msrs.write(fixed, 0x0206_0606_0505_0400L));
        }
        assertFalse(isThere(0x25A) || isThere(0x267) || isThere(0x270));
    }

    @Test
    void whatIsNotThereIsRefused() {
        for (final int absent : new int[] {0, 0x11, 0x48, 0x10A, 0x179, 0x400, 0x480, 0x802, 0x900, 0xC001_0015,
            0x4000_0000, -1}) {
            assertFalse(isThere(absent), "msr=0x" + Integer.toHexString(absent));
            assertFalse(msrs.write(absent, 0), "msr=0x" + Integer.toHexString(absent));
        }
    }

    @Test
    void kernelsFindTheModelsRegisters() {
        assertEquals(0xFEE0_0900L, read(APIC_BASE));
        assertEquals(10 << 8, read(0xCE) & 0xFF00, "ten times 100 MHz");
        assertEquals(1, read(0x3A), "locked: no virtualisation");
        assertTrue(read(0x8B) != 0 && msrs.write(0x8B, 0));
        assertTrue(msrs.write(0x1A0, read(0x1A0)));
        assertFalse(msrs.write(0x1A0, 1L << 34));
        assertTrue(msrs.write(0x1D9, 0));
        assertFalse(msrs.write(0x1D9, 1));
    }

    @Test
    void x2RegistersComeWithTheMode() {
        assertFalse(isThere(0x802));
        assertTrue(msrs.write(APIC_BASE, read(APIC_BASE) | 1 << 10));
        assertEquals(0, read(0x802));
        assertFalse(msrs.write(0x802, 0));
    }

    @Test
    void stateGoesToAnother() {
        msrs.write(TSC, 777);
        msrs.write(0x203, 0x800);
        msrs.write(0x26F, 6);
        final StateWriter out = new StateWriter();
        msrs.save(out);
        final LocalApic other = new LocalApic(0, new CycleClock(() -> now, () -> { }), new ApicBus(), new Nobody());
        final Msrs copy = new Msrs(other, () -> now);
        copy.load(new StateReader(out.toBytes()));
        assertEquals(777, copy.timeStamp());
        final long[] value = new long[1];
        copy.read(0x26F, value);
        assertEquals(6, value[0]);
    }
}
