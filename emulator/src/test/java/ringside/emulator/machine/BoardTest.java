package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ringside.emulator.device.virtio.MemoryDisk;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/** The devices where a guest finds them: ports, addresses and interrupt lines of the board. */
class BoardTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int GUESTS = 150 * FACTOR;
    private static final int FIRST_VECTOR = 0x20;
    private static final int LVT_LINT0 = 0x350;
    private static final int EXTERNAL = 0x700;
    private static final int SPURIOUS = 0xF0;

    private final ByteArrayOutputStream serial = new ByteArrayOutputStream();
    private final ByteArrayOutputStream debug = new ByteArrayOutputStream();

    private RunResult run(final Guest guest, final MachineConfig config) {
        try (Machine machine = Machine.boot(config.withSerial(serial::write).withDebug(debug::write),
                guest.image())) {
            return machine.run(Budget.steps(2_000_000));
        }
    }

    private static void out(final CodeBuilder c, final int port, final int value) {
        c.mov(Reg16.DX, port);
        c.mov(Reg8.AL, value);
        c.outDx(Width.BYTE);
    }

    private static void in(final CodeBuilder c, final int port) {
        c.mov(Reg16.DX, port);
        c.xor(Reg32.EAX, Reg32.EAX);
        c.inDx(Width.BYTE);
    }

    /** Both 8259s at vectors 0x20 to 0x2F, telling the local APIC of what the masks let through. */
    private static void listen(final CodeBuilder c, final int firstMask, final int secondMask) {
        final int[][] words = {{0x20, 0x11}, {0x21, FIRST_VECTOR}, {0x21, 4}, {0x21, 1}, {0xA0, 0x11},
            {0xA1, FIRST_VECTOR + 8}, {0xA1, 2}, {0xA1, 1}, {0x21, firstMask}, {0xA1, secondMask}};
        for (final int[] word : words) {
            out(c, word[0], word[1]);
        }
        Guest.apic(c, SPURIOUS, 0x1FF);
        Guest.apic(c, LVT_LINT0, EXTERNAL);
    }

    @Test
    void inputInterruptsTheGuestThatWaitsForIt() {
        final Deque<Integer> typed = new ArrayDeque<>(List.of((int) 'a', (int) 'b', (int) 'q'));
        final Guest guest = new Guest().program(c -> {
            listen(c, 0xEF, 0xFF);
            out(c, 0x3F9, 1);
            final Label wait = c.here();
            c.sti();
            c.hlt();
            c.jmp(wait);
        }).handler(FIRST_VECTOR + 4, c -> {
            in(c, 0x3F8);
            c.outDx(Width.BYTE);
            final Label more = c.newLabel();
            c.cmp(Reg8.AL, 'q');
            c.jcc(Cond.NE, more);
            Guest.exit(c, 7);
            c.bind(more);
            out(c, 0x20, 0x20);
            c.iretq();
        });
        assertEquals(new RunResult.Exited(7), run(guest, MachineConfig.standard()
                .withInput((cycle, idle) -> typed.isEmpty() ? InputSource.END : typed.remove())));
        assertEquals("abq", serial.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void clockWakesTheGuestAtItsSecond() {
        final Guest guest = new Guest().program(c -> {
            listen(c, 0xFB, 0xFE);
            out(c, 0x70, 0x0B);
            out(c, 0x71, 0x12);
            c.sti();
            c.hlt();
            c.cli();
            out(c, 0x70, 0);
            in(c, 0x71);
            Guest.exitWithEax(c);
        }).handler(FIRST_VECTOR + 8, CodeBuilder::iretq);
        try (Machine machine = Machine.boot(MachineConfig.standard(), guest.image())) {
            assertEquals(new RunResult.Exited(1), machine.run(Budget.steps(10_000)));
            assertTrue(machine.cycles() >= 1_000_000_000L && machine.cycles() < 1_000_010_000L,
                    "a second is as many cycles as it has: " + machine.cycles());
        }
    }

    @Test
    void secondSerialPortIsThereAndSaysNothing() {
        assertEquals(new RunResult.Exited(0x60), run(new Guest().program(c -> {
            out(c, 0x2F8, 'x');
            in(c, 0x2FD);
            Guest.exitWithEax(c);
        }), MachineConfig.standard()));
        assertEquals(0, serial.size());
    }

    @Test
    void debugConsoleHasASinkOfItsOwn() {
        assertEquals(new RunResult.Exited(0xE9), run(new Guest().program(c -> {
            out(c, 0xE9, 'x');
            in(c, 0xE9);
            Guest.exitWithEax(c);
        }), MachineConfig.standard()));
        assertEquals("x", debug.toString(StandardCharsets.US_ASCII));
        assertEquals(0, serial.size());
    }

    @Test
    void testDevicesAreThereWhenAskedFor() {
        final Guest guest = new Guest().program(c -> {
            c.mov(Reg64.R8, 0xFF00_1234L);
            c.mov(Reg32.EAX, 0x1234_5678);
            c.mov(Mem.at(Reg64.R8), Reg32.EAX);
            c.mov(Reg16.DX, 0xE0);
            c.outDx(Width.DWORD);
            listen(c, 0xFF, 0xFF);
            out(c, 0x2005, 1);
            out(c, 0x20, 0x0A);
            in(c, 0x20);
            c.mov(Reg32.EBX, Reg32.EAX);
            in(c, 0xE9);
            c.shl(Reg32.EBX, 8);
            c.or(Reg32.EBX, Reg32.EAX);
            c.mov(Reg32.EAX, Mem.at(Reg64.R8));
            c.shl(Reg32.EBX, 8);
            c.mov(Reg8.BL, Reg8.AL);
            c.mov(Reg32.EAX, Reg32.EBX);
            Guest.exitWithEax(c);
        });
        assertEquals(new RunResult.Exited(0x20_5678), run(guest, MachineConfig.standard().withTestDevices()),
                "line 5 asks, port 0xE9 is a byte of the register, memory holds what was written");
        assertEquals(new RunResult.Exited(0x00_E9FF), run(guest, MachineConfig.standard()));
    }

    @Test
    @Tag("fuzz")
    void anythingDoneToAnyDeviceEndsWithAResult() {
        for (int seed = FIRST; seed < FIRST + GUESTS; seed++) {
            final Random random = new Random(seed);
            final Guest guest = new Guest().program(c -> {
                listen(c, random.nextInt(256), random.nextInt(256));
                for (int i = 0; i < 250; i++) {
                    access(c, random);
                }
                Guest.exit(c, 0);
            });
            for (int vector = FIRST_VECTOR; vector < 256; vector++) {
                guest.handler(vector, c -> {
                    c.push(Reg64.RAX);
                    c.push(Reg64.RDI);
                    c.push(Reg64.RDX);
                    Guest.apic(c, 0xB0, 0);
                    out(c, 0x20, 0x20);
                    out(c, 0xA0, 0x20);
                    c.pop(Reg64.RDX);
                    c.pop(Reg64.RDI);
                    c.pop(Reg64.RAX);
                    c.iretq();
                });
            }
            assertInstanceOf(RunResult.class, run(guest, config()), "seed=" + seed);
        }
    }

    private static MachineConfig config() {
        return MachineConfig.standard().withMemory(8 << 20).withTestDevices()
                .withInput((cycle, idle) -> (int) cycle & 0xFF)
                .withDisks(List.of(() -> new MemoryDisk(new byte[64 * 512]), () -> new MemoryDisk(new byte[512])));
    }

    private static void access(final CodeBuilder c, final Random random) {
        final int value = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(256);
        c.mov(Reg32.EAX, value);
        if (random.nextInt(4) == 0) {
            c.mov(Reg64.RDI, memory(random));
            if (random.nextBoolean()) {
                c.mov(Mem.at(Reg64.RDI), Reg32.EAX);
            } else {
                c.mov(Reg32.EAX, Mem.at(Reg64.RDI));
            }
        } else if (random.nextInt(20) == 0) {
            c.sti();
            c.nop();
            c.nop();
        } else {
            c.mov(Reg16.DX, port(random));
            final Width width = List.of(Width.BYTE, Width.WORD, Width.DWORD).get(random.nextInt(3));
            if (random.nextInt(3) == 0) {
                c.inDx(width);
            } else {
                c.outDx(width);
            }
        }
    }

    private static long memory(final Random random) {
        final int at = random.nextInt(0x1000) & ~3;
        return switch (random.nextInt(6)) {
            case 0 -> 0xC000_0000L + (random.nextInt(4) << 12) + (at & 0x3F);
            case 1 -> 0xC010_0000L + (random.nextInt(4) << 12) + (at & 0x3F);
            case 2 -> 0xFEC0_0000L + (at & 0x1F);
            case 3 -> 0xFF00_0000L + at;
            case 4 -> 0xFEE0_0000L + (random.nextInt(0x40) << 4);
            default -> Guest.DATA + at;
        };
    }

    private static int port(final Random random) {
        final int[] bases = {0x20, 0xA0, 0x40, 0x60, 0x70, 0x70, 0xCF8, 0xCF8, 0xCFC, 0x3F8, 0x3F8, 0x2F8, 0x4D0,
            0xC000, 0xC000, 0xC010, 0xC100, 0x2000, 0xE0, 0xE8, 0x600, 0x608};
        if (random.nextInt(50) == 0) {
            return random.nextInt(0x1_0000);
        }
        return bases[random.nextInt(bases.length)] + random.nextInt(8);
    }
}
