package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    void whatIsInTheCacheCostsItsTable() {
        fill(DATA, 4096);
        assertEquals(ZEN4.hardware().orElseThrow().stos().byWords(4096), fill(DATA, 4096));
        assertEquals(Cause.SERIAL, why);
    }
}
