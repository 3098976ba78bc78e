package ringside.emulator.travel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.pages.Page;
import ringside.emulator.pages.PageMap;
import ringside.emulator.snapshot.StatePart;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;

/** All snapshots together stay within their memory, whoever looks where. */
class TrailMemoryTest {
    private static final long ARRAY = 0x20_0000;
    private static final int ARRAY_BYTES = 1 << 20;
    private static final long BUDGET = 8 << 20;
    private static final long STEPS = 400_000;

    /** Writes another word into each page of a megabyte, for ever. */
    private static Guest guest() {
        return new Guest().program(code -> {
            code.mov(Reg64.RDI, ARRAY);
            code.xor(Reg64.RCX, Reg64.RCX);
            final Label again = code.here();
            code.inc(Reg64.RAX);
            code.mov(Mem.at(Reg64.RDI, Reg64.RCX, 1, 0), Reg64.RAX);
            code.add(Reg64.RCX, GuestRam.PAGE);
            code.and(Reg64.RCX, ARRAY_BYTES - 1);
            code.jmp(again);
        });
    }

    /** {@return bytes of pages and of all else that some places hold, what they share counted once} */
    private static long held(final List<Place> places) {
        final Set<Page> pages = Collections.newSetFromMap(new IdentityHashMap<>());
        long parts = 0;
        for (final Place place : places) {
            final PageMap ram = place.snapshot().ram();
            for (int i = 0; i < ram.bytes() / GuestRam.PAGE; i++) {
                pages.add(ram.page(i));
            }
            parts += place.snapshot().parts().stream().mapToLong((final StatePart part) -> part.bytes().length).sum();
        }
        pages.remove(null);
        return pages.size() * (long) GuestRam.PAGE + parts;
    }

    @Test
    void placesThatWereJustNeededCountToo() {
        final MachineConfig config = MachineConfig.standard().withMemory(8 << 20);
        final History history = new History(BUDGET);
        try (Machine machine = Machine.boot(config.withSerial(history).withInput(history), guest().image())) {
            final Trail trail = new Trail(BUDGET, 20_000);
            final Way way = new Way(new Course(machine, history, trail, BUDGET));
            way.go(STEPS);
            final List<Long> regular = trail.regular();
            final Random random = new Random(1);
            boolean any = false;
            for (int i = 0; i < 60; i++) {
                way.go(random.nextLong(STEPS));
                final List<Place> all = trail.before(Long.MAX_VALUE);
                any |= all.size() > regular.size();
                final long held = held(all);
                assertTrue(held <= BUDGET, all.size() + " snapshots hold " + held);
                assertTrue(held <= trail.bytes(), "held=" + held + " counted=" + trail.bytes());
            }
            assertTrue(any, "some are kept");
            assertEquals(regular, trail.regular(), "no look makes a difference to the regular ones");
        }
    }
}
