package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What instructions cost where only caches are modelled: small code, block by block, with its accesses. */
class CacheClockTest {
    private static final Microarchitecture CACHES = Microarchitecture.named("zen4-caches");
    private static final Microarchitecture.Hardware ZEN4 = CACHES.hardware().orElseThrow();
    private static final int L1 = ZEN4.memory().l1d().latency();
    private static final int DRAM = ZEN4.memory().dram() - L1;
    private static final long CODE = 0x10_0000;
    private static final long DATA = 0x20_0000;
    private static final byte[] MOVES = code(0x48, 0x89, 0xC3, 0x48, 0x0F, 0xAF, 0xC3, 0x48, 0xF7, 0xF3);
    private static final byte[] LOAD = code(0x48, 0x8B, 0x07);
    private static final byte[] STORE = code(0x48, 0x89, 0x07);
    private static final byte[] FENCE = code(0x0F, 0xAE, 0xF0);
    private static final byte[] REP_STOS = code(0xF3, 0xAA);

    private final List<String> heard = new ArrayList<>();
    private final ProcessorModel model = new ProcessorModel(CACHES, 2,
            (cpu, _, cycles, cause) -> heard.add(cpu + " " + cycles + " " + cause.title()));
    private final ModelledSource source = new ModelledSource(model, List.of());
    private int codes;

    private static byte[] code(final int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** {@return what is heard of a block that runs the second time, with its code in the cache} */
    private List<String> run(final int cpu, final byte[] bytes, final int instructions, final Runnable... accesses) {
        final long place = CODE + (long) codes * 64;
        source.code(0, cpu, codes, place, bytes, Long.SIZE);
        source.block(0, cpu, codes, place, bytes.length, instructions, 0);
        heard.clear();
        for (final Runnable access : accesses) {
            access.run();
        }
        source.block(0, cpu, codes++, place, bytes.length, instructions, 0);
        return List.copyOf(heard);
    }

    private Runnable load(final int cpu, final long address) {
        return () -> source.memoryRead(0, cpu, address, 8, 0, 0);
    }

    private Runnable store(final int cpu, final long address) {
        return () -> source.memoryWrite(0, cpu, address, 8, 0, 0);
    }

    @Test
    void instructionWithoutMemoryTakesACycleWhateverItComputes() {
        assertEquals(List.of("0 1 width", "0 1 width", "0 1 width"), run(0, MOVES, 3));
    }

    @Test
    void loadThatMissesTakesWhatItsLevelTakesBeyondTheFirst() {
        assertEquals(List.of("0 " + (1 + DRAM) + " DRAM"), run(0, LOAD, 1, load(0, DATA)));
        assertEquals(List.of("0 1 width"), run(0, LOAD, 1, load(0, DATA + 8)));
        final int way = ZEN4.memory().l1d().bytes() / ZEN4.memory().l1d().ways();
        for (int i = 1; i <= ZEN4.memory().l1d().ways(); i++) {
            run(0, LOAD, 1, load(0, DATA + (long) i * way));
        }
        assertEquals(List.of("0 " + (1 + ZEN4.memory().l2().latency() - L1) + " L2"), run(0, LOAD, 1, load(0, DATA)));
    }

    @Test
    void storeThatMissesTakesAsMuchAsALoad() {
        assertEquals(List.of("0 " + (1 + DRAM) + " DRAM"), run(0, STORE, 1, store(0, DATA)));
        assertEquals(List.of("0 1 width"), run(0, STORE, 1, store(0, DATA)));
    }

    @Test
    void codeThatMissesIsACodeMissOnceALine() {
        source.code(0, 0, 0, CODE, MOVES, Long.SIZE);
        source.block(0, 0, 0, CODE, MOVES.length, 3, 0);
        assertEquals(List.of("0 " + (1 + ZEN4.memory().dram() - ZEN4.memory().l1i().latency()) + " code miss",
                "0 1 width", "0 1 width"), heard);
    }

    @Test
    void fixedCostIsThatOfTheFile() {
        assertEquals(List.of("0 " + ZEN4.cost(FixedCost.MFENCE).cycles() + " serial"), run(0, FENCE, 1));
    }

    @Test
    void stringInstructionCostsItsTableAndItsMisses() {
        assertEquals(List.of("0 " + (ZEN4.stos().byWords(8) + DRAM) + " DRAM"), run(0, REP_STOS, 1, store(0, DATA)));
        assertEquals(List.of("0 " + ZEN4.stos().byWords(8) + " serial"), run(0, REP_STOS, 1, store(0, DATA)));
    }

    @Test
    void stringInstructionWithMoreAccessesThanAreKeptCostsAllOfThem() {
        final int count = 3 * Accesses.MOST;
        final Runnable[] stores = new Runnable[count];
        for (int i = 0; i < count; i++) {
            stores[i] = store(0, DATA + 8L * i);
        }
        run(0, REP_STOS, 1, stores);
        final double misses = (double) count / 8 * DRAM;
        assertEquals(1, model.cycle(0) / misses, 0.05, "each line's miss once");
    }

    @Test
    void lineThatAnotherCpuWroteCostsATransfer() {
        run(0, LOAD, 1, load(0, DATA));
        run(1, STORE, 1, store(1, DATA));
        assertEquals(List.of("0 " + (1 + ZEN4.memory().transfer() - L1) + " coherence"),
                run(0, LOAD, 1, load(0, DATA)));
    }

    @Test
    void costsAddUpToTheClock() {
        run(0, LOAD, 1, load(0, DATA));
        final long before = model.cycle(0);
        heard.clear();
        load(0, DATA + 4096).run();
        source.block(0, 0, 0, CODE, LOAD.length, 1, 0);
        source.exception(0, 0, 14, 0, CODE);
        assertEquals(List.of("0 " + (1 + DRAM) + " DRAM"), heard);
        assertEquals(before + 1 + DRAM + ZEN4.cost(FixedCost.EXCEPTION_ENTRY).cycles(), model.cycle(0));
    }
}
