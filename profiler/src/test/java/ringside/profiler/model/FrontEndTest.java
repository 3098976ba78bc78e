package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;
import ringside.emulator.event.TranslationDrop;

/** Where code comes from: the lines that its address is translated to. */
class FrontEndTest {
    private static final Microarchitecture.Hardware ZEN4 = Microarchitecture.named("zen4").hardware().orElseThrow();
    private static final long CODE = 0x40_0040;
    private static final int FIRST_SPACE = 0x100;
    private static final int SECOND_SPACE = 0x200;

    private final DataPath memory = new DataPath(0, new SharedMemory(ZEN4.memory()), ZEN4);
    private final FrontEnd front = new FrontEnd(ZEN4, memory);
    private long clock;

    /** The same virtual page is another physical one. */
    private void enter(final int space) {
        memory.translations().willDrop(TranslationDrop.SPACE, 0);
        memory.translations().dropNext();
        memory.translations().learn(new Translation(CODE >> 12, space, 4096, false, 0, 0,
                new long[] {space << 16, (space << 16) + 0x1000, (space << 16) + 0x2000, (space << 16) + 0x3000}));
    }

    /** {@return how long after it is asked for the first instruction at an address is delivered} */
    private long deliver(final long address) {
        clock += 100_000;
        front.restart(clock, Cause.SERIAL);
        return front.deliver(address, 1, false) - clock;
    }

    @Test
    void codeAtOneAddressInTwoSpacesIsTwoCodes() {
        enter(FIRST_SPACE);
        assertTrue(deliver(CODE) > ZEN4.memory().dram());
        assertEquals(0, deliver(CODE), "it is in the op cache");
        enter(SECOND_SPACE);
        assertTrue(deliver(CODE) > ZEN4.memory().dram(), "nobody has read the other space's code yet");
        assertEquals(Cause.CODE_MISS, front.cause());
        enter(FIRST_SPACE);
        final long back = deliver(CODE);
        assertTrue(back > 0 && back < ZEN4.memory().dram(), "only its translation is gone: cycles=" + back);
        assertEquals(Cause.TLB, front.cause());
    }

    @Test
    void codeThatWasReadAsDataComesFromTheSecondCache() {
        enter(FIRST_SPACE);
        deliver(CODE);
        memory.load((long) FIRST_SPACE << 12 | 0x800, 8, clock, 1, MachineObserver.UNKNOWN_PAGE);
        assertEquals(ZEN4.memory().l2().latency(), deliver(CODE & -4096 | 0x800));
        assertEquals(Cause.CODE_MISS, front.cause());
    }

    @Test
    void codeThatNobodyToldOfGoesByItsVirtualAddress() {
        assertEquals(ZEN4.memory().dram(), deliver(CODE));
        memory.load(CODE, 8, clock, 1, MachineObserver.UNKNOWN_PAGE);
        assertEquals(Cause.DRAM, memory.source(), "and is no data's");
    }
}
