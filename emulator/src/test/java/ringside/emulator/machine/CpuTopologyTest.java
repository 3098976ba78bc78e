package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** Intel SDM volume 2, CPUID, leaves 1, 4, 0xB, 0x15 and 0x16. */
class CpuTopologyTest {
    private static int[] ask(final int id, final int cpus, final int leaf, final int subleaf) {
        final int[] result = new int[4];
        CpuFeatures.answer(leaf, subleaf, 0, result);
        new CpuTopology(id, cpus).amend(leaf, subleaf, true, result);
        return result;
    }

    @Test
    void leaf1SaysTheApicIdAndHowManyThereMayBe() {
        assertEquals(0x0001_0800, ask(0, 1, 1, 0)[1]);
        assertEquals(0, ask(0, 1, 1, 0)[3] >>> 28 & 1);
        assertEquals(0x0510_0800, ask(5, 12, 1, 0)[1], "a power of two");
        assertEquals(1, ask(5, 12, 1, 0)[3] >>> 28 & 1);
    }

    @Test
    void apicThatIsSwitchedOffIsNotThere() {
        final int[] result = new int[4];
        CpuFeatures.answer(1, 0, 0, result);
        new CpuTopology(0, 1).amend(1, 0, false, result);
        assertEquals(0, result[3] >>> 9 & 1);
        assertEquals(1, ask(0, 1, 1, 0)[3] >>> 9 & 1);
    }

    @Test
    void leafBHasAThreadLevelACoreLevelAndAnEnd() {
        assertArrayEquals(new int[] {0, 1, 0x100, 3}, ask(3, 4, 0xB, 0));
        assertArrayEquals(new int[] {2, 4, 0x201, 3}, ask(3, 4, 0xB, 1));
        assertArrayEquals(new int[] {0, 0, 2, 3}, ask(3, 4, 0xB, 2));
        assertArrayEquals(new int[] {4, 9, 0x201, 8}, ask(8, 9, 0xB, 1), "ids take four bits");
        assertArrayEquals(new int[] {0, 1, 0x201, 0}, ask(0, 1, 0xB, 1));
    }

    @Test
    void leaf4SharesTheLastCacheOnly() {
        assertEquals(3 << 26 | 1 << 8 | 1 << 5 | 1, ask(0, 4, 4, 0)[0]);
        assertEquals(3 << 26 | 3 << 14 | 1 << 8 | 3 << 5 | 3, ask(0, 4, 4, 3)[0]);
        assertEquals(0, ask(0, 4, 4, 4)[0]);
        assertEquals(0, ask(0, 4, 4, -1)[0]);
        final int[] data = ask(0, 1, 4, 0);
        assertEquals(32 << 10, ((data[1] >>> 22) + 1) * ((data[1] & 0xFFF) + 1) * (data[2] + 1));
    }

    @Test
    void frequencyIsOneCycleATick() {
        assertArrayEquals(new int[] {1, 1, 1_000_000_000, 0}, ask(0, 1, 0x15, 0));
        assertEquals(1000, ask(0, 1, 0x16, 0)[0]);
        assertNotEquals(0, ask(0, 1, 0x8000_0007, 0)[3] & 1 << 8, "the counter is invariant");
        assertEquals(0x16, ask(0, 1, 0, 0)[0]);
    }
}
