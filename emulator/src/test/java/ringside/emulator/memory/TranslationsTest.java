package ringside.emulator.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.EngineExit;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.testing.BareCpu;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/** What a guest sees that changes its page tables and invalidates nothing, here and on a CPU that takes over. */
class TranslationsTest {
    private static final long PLENTY = 100_000_000;
    /** 4 KiB pages from here on are mapped one by one, each to itself. */
    private static final long WINDOW = 4 << 20;
    private static final int WINDOW_PAGES = 512;
    private static final long TABLE = 0x5000;
    private static final int PRESENT_WRITABLE = 3;

    private final GuestRam ram = GuestRam.allocate(BareCpu.RAM);
    private final BareCpu cpu = BareCpu.at(ram, 0, BareCpu.CODE);

    @AfterEach
    void close() {
        cpu.close();
        ram.close();
    }

    private void mapWindow() {
        cpu.put(BareCpu.TABLES + 2 * GuestRam.PAGE + (WINDOW >> 21) * Long.BYTES, TABLE | PRESENT_WRITABLE);
        for (int page = 0; page < WINDOW_PAGES; page++) {
            cpu.put(TABLE + (long) page * Long.BYTES, WINDOW + (long) page * GuestRam.PAGE | PRESENT_WRITABLE);
            cpu.put(WINDOW + (long) page * GuestRam.PAGE, page + 1);
        }
    }

    /** Reads every page of the window, so often, and sums up in RAX; each time behind a new CR3 if so asked. */
    private static void sumUp(final CodeBuilder c, final int pages, final int times, final boolean flushes) {
        final Label again = c.newLabel();
        final Label next = c.newLabel();
        c.xor(Reg32.EAX, Reg32.EAX);
        c.mov(Reg32.EDX, times);
        c.bind(again);
        if (flushes) {
            c.mov(Reg64.RBX, ControlRegister.CR3);
            c.mov(ControlRegister.CR3, Reg64.RBX);
        }
        c.mov(Reg64.RDI, WINDOW);
        c.mov(Reg32.ECX, pages);
        c.bind(next);
        c.add(Reg64.RAX, Mem.at(Reg64.RDI));
        c.add(Reg64.RDI, GuestRam.PAGE);
        c.dec(Reg32.ECX);
        c.jcc(Cond.NE, next);
        c.dec(Reg32.EDX);
        c.jcc(Cond.NE, again);
        c.hlt();
    }

    private static long sum(final BareCpu on) {
        assertEquals(EngineExit.Reason.HALTED, on.run(BareCpu.CODE, PLENTY).reason());
        return on.read(CpuRegister.RAX);
    }

    private static byte[] saved(final BareCpu from) {
        final StateWriter out = new StateWriter();
        from.engine().translations().save(out);
        return out.toBytes();
    }

    private static void load(final BareCpu into, final byte[] bytes) {
        final StateReader in = new StateReader(bytes);
        into.engine().translations().load(in);
        in.end();
    }

    /** Swaps what the pages of the window map to, and tells no CPU. */
    private void swapPages() {
        for (int page = 0; page < WINDOW_PAGES; page++) {
            final long other = (page + 1) % WINDOW_PAGES;
            cpu.put(TABLE + (long) page * Long.BYTES, WINDOW + other * GuestRam.PAGE | PRESENT_WRITABLE);
        }
        for (int page = 0; page < WINDOW_PAGES; page++) {
            cpu.put(WINDOW + (long) page * GuestRam.PAGE, (page + 1L) * (page + 1L));
        }
    }

    @Test
    void aCpuThatTakesOverSeesStaleTranslationsAsTheFirstDoes() {
        mapWindow();
        final int pages = 200;
        cpu.put(BareCpu.CODE, c -> sumUp(c, pages, 2, true));
        sum(cpu);
        swapPages();
        cpu.put(BareCpu.CODE, c -> sumUp(c, pages + 3, 1, false));
        final byte[] state = saved(cpu);
        try (GuestRam copy = GuestRam.allocate(BareCpu.RAM); GuestRam other = GuestRam.allocate(BareCpu.RAM);
                BareCpu heir = BareCpu.at(copy, 1, BareCpu.CODE); BareCpu fresh = BareCpu.at(other, 2, BareCpu.CODE)) {
            copy.write(0, ram.segment());
            other.write(0, ram.segment());
            load(heir, state);
            assertArrayEquals(state, saved(heir), "what was loaded is saved again");
            final long expected = sum(cpu);
            assertEquals(expected, sum(heir));
            assertNotEquals(expected, sum(fresh), "a CPU with no translations sees the new tables");
        }
    }

    @Test
    void aGuestThatInvalidatesNothingSeesTheSameEveryTime() {
        mapWindow();
        cpu.put(BareCpu.CODE, c -> sumUp(c, WINDOW_PAGES, 3, false));
        final long first = sum(cpu);
        swapPages();
        final long stale = sum(cpu);
        try (GuestRam again = GuestRam.allocate(BareCpu.RAM); BareCpu other = BareCpu.at(again, 0, BareCpu.CODE)) {
            final GuestRam mine = ram;
            mapWindow();
            again.write(0, mine.segment());
            assertEquals(first, sum(other));
            swapPages();
            again.write(0, mine.segment());
            assertEquals(stale, sum(other));
        }
    }

    /** {@return the size of the last table, which a supervisor's accesses go through while SMAP is off} */
    private static int entries(final byte[] state) {
        final StateReader in = new StateReader(state).section("tlb");
        in.i64();
        in.u16();
        int entries = 0;
        for (int regime = 0; regime < 3; regime++) {
            entries = in.i32();
            for (int figure = 0; figure < 4; figure++) {
                in.i64();
            }
            in.u8();
            for (int list = 0; list < 2; list++) {
                for (int left = in.i32(); left > 0; left--) {
                    in.i32();
                    in.u8();
                    in.i64();
                    in.i64();
                }
            }
        }
        in.end();
        return entries;
    }

    @Test
    void theTlbGrowsWithWhatIsUsedAndShrinksAgainByFlushesAndNotByTime() {
        mapWindow();
        final int least = entries(saved(cpu));
        cpu.put(BareCpu.CODE, c -> sumUp(c, WINDOW_PAGES, 8, true));
        sum(cpu);
        final int grown = entries(saved(cpu));
        assertTrue(grown > least, grown + " > " + least);
        cpu.put(BareCpu.CODE, c -> sumUp(c, 1, 900, true));
        sum(cpu);
        assertEquals(grown, entries(saved(cpu)));
        cpu.put(BareCpu.CODE, c -> sumUp(c, 1, 3000, true));
        sum(cpu);
        assertTrue(entries(saved(cpu)) < grown);
    }

    @Test
    void damagedTranslationsAreRefusedOrHarmless() {
        mapWindow();
        cpu.put(BareCpu.CODE, c -> sumUp(c, 100, 2, true));
        final long expected = sum(cpu);
        final byte[] good = saved(cpu);
        final MemorySegment before = MemorySegment.ofArray(ram.segment().toArray(ValueLayout.JAVA_BYTE));
        final Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            final byte[] bad = i % 10 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int flips = bad.length == 0 ? 0 : 1 + random.nextInt(3); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            try {
                load(cpu, bad);
            } catch (final StateException e) {
                refused++;
            }
            cpu.run(BareCpu.CODE, 10_000);
        }
        assertTrue(refused > 30, "refused=" + refused);
        assertThrows(StateException.class, () -> load(cpu, new byte[0]));
        ram.write(0, before);
        cpu.engine().enterLongMode(BareCpu.CODE, BareCpu.TABLES);
        load(cpu, good);
        assertEquals(expected, sum(cpu));
    }
}
