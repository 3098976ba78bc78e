package ringside.emulator.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.EngineExit;
import ringside.emulator.testing.BareCpu;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/** Every page that anyone wrote since the epoch began counts as written, and no other. */
class DirtyPagesTest {
    private static final long PLENTY = 10_000_000;
    /** 4 KiB pages from here on are mapped one by one, each to itself, not accessed and not dirty. */
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

    private List<Integer> dirty() {
        final List<Integer> pages = ram.dirty().all().stream().boxed().toList();
        assertEquals(pages.size(), ram.dirty().count());
        return pages;
    }

    private List<Integer> changed(final MemorySegment before) {
        final List<Integer> pages = new ArrayList<>();
        for (int page = 0; page < ram.size() / GuestRam.PAGE; page++) {
            final long from = (long) page * GuestRam.PAGE;
            final long to = from + GuestRam.PAGE;
            if (MemorySegment.mismatch(ram.segment(), from, to, before, from, to) >= 0) {
                pages.add(page);
            }
        }
        return pages;
    }

    private MemorySegment copy() {
        return MemorySegment.ofArray(ram.segment().toArray(ValueLayout.JAVA_BYTE));
    }

    private void mapWindow() {
        cpu.put(BareCpu.TABLES + 2 * GuestRam.PAGE + (WINDOW >> 21) * Long.BYTES, TABLE | PRESENT_WRITABLE);
        for (int page = 0; page < WINDOW_PAGES; page++) {
            cpu.put(TABLE + (long) page * Long.BYTES, WINDOW + (long) page * GuestRam.PAGE | PRESENT_WRITABLE);
        }
    }

    /** Stores that leave other bytes than were there, each in its own way. In: rdi = where, rax = a random value. */
    private static void storeSomehow(final CodeBuilder c, final int way) {
        switch (way) {
            case 0 -> c.add(Mem.at(Reg64.RDI), Reg8.AL);
            case 1 -> c.mov(Mem.at(Reg64.RDI), Reg16.AX);
            case 2 -> c.mov(Mem.at(Reg64.RDI), Reg32.EAX);
            case 3 -> c.mov(Mem.at(Reg64.RDI), Reg64.RAX);
            case 4 -> c.lock().add(Mem.at(Reg64.RDI), Reg64.RAX);
            case 5 -> c.xchg(Mem.at(Reg64.RDI), Reg64.RAX);
            case 6 -> {
                c.lea(Reg64.RSP, Mem.at(Reg64.RDI, Long.BYTES));
                c.push(Reg64.RAX);
            }
            case 7 -> {
                c.mov(Reg32.ECX, 3);
                c.db(0xF3, 0x48, 0xAB);
            }
            // movq xmm0, rax; movdqu [rdi], xmm0.
            case 8 -> c.db(0x66, 0x48, 0x0F, 0x6E, 0xC0, 0xF3, 0x0F, 0x7F, 0x07);
            // fxsave [rdi], 16-byte aligned.
            case 9 -> {
                c.and(Reg64.RDI, -16);
                c.mov(Mem.at(Reg64.RDI, 0x1F8), Reg64.RAX);
                c.db(0x0F, 0xAE, 0x07);
            }
            // A comparison that succeeds: lock cmpxchg16b [rdi].
            case 10 -> {
                c.and(Reg64.RDI, -16);
                c.mov(Reg64.RBX, Reg64.RAX);
                c.mov(Reg64.RCX, Reg64.RAX);
                c.mov(Reg64.RAX, Mem.at(Reg64.RDI));
                c.mov(Reg64.RDX, Mem.at(Reg64.RDI, Long.BYTES));
                c.db(0xF0, 0x48, 0x0F, 0xC7, 0x0F);
            }
            // Loads count for nothing but the accessed bit.
            default -> c.mov(Reg64.RCX, Mem.at(Reg64.RDI));
        }
    }

    private void randomStores(final Random random) {
        final int ways = 13;
        cpu.put(BareCpu.CODE, c -> {
            // mov rax, cr4; or eax, OSFXSR; mov cr4, rax.
            c.db(0x0F, 0x20, 0xE0, 0x0D, 0, 2, 0, 0, 0x0F, 0x22, 0xE0);
            for (int i = 0; i < 100; i++) {
                final long place = WINDOW + random.nextInt((WINDOW_PAGES - 1) * GuestRam.PAGE);
                c.mov(Reg64.RDI, place);
                c.mov(Reg64.RAX, random.nextLong() | 1);
                storeSomehow(c, random.nextInt(ways));
            }
            c.xor(Reg32.EAX, Reg32.EAX);
            c.hlt();
        });
    }

    @Test
    void pagesThatCountAsWrittenAreThoseThatChanged() {
        mapWindow();
        final Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            randomStores(random);
            final MemorySegment before = copy();
            ram.beginEpoch();
            assertEquals(List.of(), dirty());
            final EngineExit exit = cpu.run(BareCpu.CODE, PLENTY);
            assertEquals(EngineExit.Reason.HALTED, exit.reason(), () -> "vector " + cpu.fault() + " at 0x"
                    + Long.toHexString(cpu.read(CpuRegister.RIP)) + " address 0x"
                    + Long.toHexString(cpu.read(CpuRegister.CR2)));
            assertEquals(changed(before), dirty(), "round " + round);
        }
    }

    @Test
    void storeToAPageThatWasWrittenInTheLastEpochCountsAgain() {
        cpu.put(BareCpu.CODE, c -> {
            c.mov(Reg64.RDI, BareCpu.DATA);
            c.inc(Width.QWORD, Mem.at(Reg64.RDI));
            c.inc(Width.QWORD, Mem.at(Reg64.RDI));
            c.hlt();
        });
        for (int epoch = 0; epoch < 3; epoch++) {
            cpu.run(BareCpu.CODE, PLENTY);
            assertEquals(true, dirty().contains((int) (BareCpu.DATA / GuestRam.PAGE)));
            ram.beginEpoch();
        }
        cpu.write(CpuRegister.RDI, BareCpu.DATA);
        cpu.run(BareCpu.CODE, PLENTY);
        assertEquals(List.of((int) (BareCpu.DATA / GuestRam.PAGE)), dirty());
    }

    @Test
    void pageTablesCountWhenTheWalkSetsTheirBits() {
        mapWindow();
        cpu.put(BareCpu.CODE, c -> {
            c.mov(Reg64.RDI, WINDOW);
            c.mov(Reg64.RAX, Mem.at(Reg64.RDI));
            c.hlt();
        });
        ram.beginEpoch();
        cpu.run(BareCpu.CODE, PLENTY);
        final List<Integer> tables = List.of(1, 2, 3, (int) (TABLE / GuestRam.PAGE));
        assertEquals(tables, dirty());
        ram.beginEpoch();
        cpu.run(BareCpu.CODE, PLENTY);
        assertEquals(List.of(), dirty());
    }

    @Test
    void writesOfDevicesCountInEveryPageThatTheyTouch() {
        ram.beginEpoch();
        final byte[] three = new byte[2 * GuestRam.PAGE];
        ram.write(GuestRam.PAGE - 1, three, 0, GuestRam.PAGE + 2);
        ram.write(0x70_0000, MemorySegment.ofArray(new byte[1]));
        ram.write(0x60_0000, three, 0, 0);
        assertEquals(List.of(0, 1, 2, 0x700), dirty());
    }
}
