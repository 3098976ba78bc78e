package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** REP STOS on a whole core: what it waits for of memory that is in no cache. */
class StringInstructionTest {
    private static final Microarchitecture ZEN4 = Microarchitecture.named("zen4");
    private static final Microarchitecture.Memory MEMORY = ZEN4.hardware().orElseThrow().memory();
    private static final long CODE = 0x10_0000;
    private static final long DATA = 0x20_0000;
    private static final byte[] REP_STOSQ = {(byte) 0xF3, 0x48, (byte) 0xAB};
    private static final int LINE = 64;

    private long latest;
    private Cause why;
    private final ProcessorModel model = new ProcessorModel(ZEN4, 1, (_, _, cycles, cause) -> {
        latest = cycles;
        why = cause;
    });
    private final ModelledSource source = new ModelledSource(model, List.of());

    StringInstructionTest() {
        source.code(0, 0, 0, CODE, REP_STOSQ, Long.SIZE);
        fill(DATA - LINE, Long.BYTES);
    }

    private long fill(final long address, final int bytes) {
        for (int at = 0; at < bytes; at += Long.BYTES) {
            source.memoryWrite(0, 0, address + at, Long.BYTES, 0, 0);
        }
        source.block(0, 0, 0, CODE, REP_STOSQ.length, 1, 0);
        return latest;
    }

    @Test
    void linesThatAreMissedAreUnderWayTogether() {
        final long one = fill(DATA, LINE);
        assertTrue(one > MEMORY.dram() / 2, "it waits for memory: " + one);
        assertEquals(Cause.DRAM, why);
        final int most = MEMORY.fills();
        final long together = fill(DATA + 4096, most * LINE);
        assertTrue(together < 2 * one, "as many as the core can have: " + together);
        final long page = fill(DATA + 2 * 4096, 4096);
        assertTrue(page > together && page < 4 * one, "and no more than these: " + page);
    }

    @Test
    void instructionWithMoreAccessesThanAreKeptCostsAllOfThem() {
        final int bytes = 3 * Accesses.MOST * Long.BYTES;
        final double lines = (double) bytes / LINE;
        assertEquals(1, fill(DATA, bytes) / (lines * MEMORY.dram() / MEMORY.fills()), 0.05);
        assertEquals(Cause.DRAM, why);
        assertTrue(fill(DATA, bytes) >= ZEN4.hardware().orElseThrow().stos().byWords(bytes));
    }

    @Test
    void accessesOfAStringAreTakenBeforeTheyAreTooMany() {
        final Accesses accesses = new Accesses();
        final Core core = new Core(0, ZEN4.hardware().orElseThrow(), new SharedMemory(MEMORY));
        for (int i = 0; i < 2 * Accesses.MOST; i++) {
            assertFalse(accesses.isFull());
            accesses.add(DATA + (long) i * Long.BYTES, Long.BYTES, true, 0);
        }
        assertTrue(accesses.isFull());
        accesses.toTail();
        core.ahead(accesses);
        accesses.dropTail();
        assertEquals(Accesses.MOST, accesses.left());
        assertEquals(DATA, accesses.address());
        assertEquals((long) Accesses.MOST * Long.BYTES, accesses.ahead().moved());
        assertTrue(accesses.ahead().late() > 0);
        accesses.clear();
        assertEquals(0, accesses.ahead().moved() + accesses.ahead().late());
    }

    @Test
    void whatIsInTheCacheCostsItsTable() {
        fill(DATA, 4096);
        assertEquals(ZEN4.hardware().orElseThrow().stos().byWords(4096), fill(DATA, 4096));
        assertEquals(Cause.SERIAL, why);
    }
}
