package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * System instructions in random order over plausible operands, at both levels, never end the JVM.
 *
 * <p>Random bytes rarely are a MOV to CR4, an LTR or a far call through a gate; here nearly every instruction is.
 */
@Tag("fuzz")
class PrivilegedGuestTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int RUNS = 800 * Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int INSTRUCTIONS = 150;
    private static final int VECTORS = 256;
    private static final int GENERAL_PROTECTION = 13;

    private static final List<String> SYSTEM = List.of("0f22c0", "0f22d0", "0f22d8", "0f22e0", "440f22c0", "0f20c0",
            "0f23c0", "0f23c8", "0f23d0", "0f23d8", "0f23e0", "0f23f0", "0f23f8", "0f21f8", "0f30", "0f32", "0f0117",
            "0f011f", "0f00d0", "0f00d8", "0f00c0", "0f00c8", "0f013f", "0f09", "0f08", "0f06", "0f01f0", "0f01e0",
            "0f01f8", "0f07", "480f07", "48cf", "cf", "48cb", "cb", "ff1f", "ff2f", "48ff1f", "8ed0", "8ed8", "8ec0",
            "8ee0", "8ee8", "cd80", "cd03", "cd0d", "ce", "fb", "fa", "0fae27", "0fae2f", "0fae07", "0fae0f", "d92f",
            "0fae17", "0f77", "0f01c8", "0f01c9", "0f33", "0f01c1", "0f01d8", "0f01d9", "0f01da", "0f01f9", "0f01d0",
            "0f01d1", "0f00e0", "0f00e8", "0f02c1", "0f03c1", "c8100003", "0fa1", "0fa9", "9d", "6c", "6e", "f36c",
            "f36e", "480fc70f", "0f05", "0f34", "0f35", "480f35", "0f01ca", "0f01cb", "f3480faed0", "0faa", "f1", "f4",
            "0fa2", "0f31", "9b", "dd37", "dd27", "f3a4", "f3aa", "660f388207", "0f38f007", "f390", "0f0b", "e460",
            "e670", "410f20c0", "0fc737", "0fc73f", "f30fc737", "0f78c0", "c4e27d1807", "c5f877", "62f17c482807",
            "d9c0", "dbe3", "0f01ee", "0f01ef", "0f1807", "0f1a07", "0f1b07", "0f1f07");
    private static final long[] OPERANDS = {0, 1, -1, 8, 0x10, 0x1B, 0x23, 0x28, 0x20_0000, 0x20_1000, 0x20_2000,
        0x28_0000, 0x30_0000, 0x9_1000, 0x9000, 0x1000, 0x8000_0011L, 0x8005_0033L, 6, 3, 0xD01, 0x501, 0x4_06A0,
        0x35_06F0, 0xFEE0_0000L, 0xFEE0_0380L, 0x7FFF_FFFF_FFFFL, 0x8000_0000_0000L, 0xFFFF_8000_0000_0000L,
        0xFFFF_FFFF_8000_0000L, 0x246, 0x346, 0x4246, 0x4_4746, 0x3202, 0x2_0202, 0x20_0202, 0x155, 0x455, 0xF_00FF,
        0xFFFF_0FFFL, 0x400, 0x701, 0x1_0000};
    private static final int[] MODEL_SPECIFIC = {0x10, 0x1B, 0x174, 0x175, 0x176, 0x179, 0x17A, 0x17B, 0x1A0, 0x1D9,
        0x200, 0x20F, 0x250, 0x258, 0x26F, 0x277, 0x2FF, 0x400, 0x401, 0x427, 0x800, 0x808, 0x830, 0xD90, 0xDA0, 0x6E0,
        0x3A, 0x3B, 0xC000_0080, 0xC000_0081, 0xC000_0082, 0xC000_0083, 0xC000_0084, 0xC000_0100, 0xC000_0101,
        0xC000_0102, 0xC000_0103, 0xC001_0114, 0xC001_0117, 0x9E, 0x8B, -1};
    private static final Reg64[] REGISTERS = {Reg64.RAX, Reg64.RDX, Reg64.RDI, Reg64.RSI, Reg64.RBX, Reg64.R8};

    private static long operand(final Random random) {
        return random.nextInt(3) == 0 ? random.nextLong() : OPERANDS[random.nextInt(OPERANDS.length)];
    }

    private static void emit(final CodeBuilder c, final Random random) {
        for (int i = 0; i < INSTRUCTIONS; i++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> c.mov(REGISTERS[random.nextInt(REGISTERS.length)], operand(random));
                case 3 -> c.mov(Reg64.RCX, Integer.toUnsignedLong(
                        MODEL_SPECIFIC[random.nextInt(MODEL_SPECIFIC.length)]));
                case 4 -> c.push((int) operand(random));
                case 5 -> {
                    c.mov(Reg64.RDI, Guest.DATA);
                    c.mov(Reg64.RAX, operand(random));
                    c.mov(Mem.at(Reg64.RDI, (long) Long.BYTES * random.nextInt(4)), Reg64.RAX);
                }
                default -> {
                    for (final byte octet : HexFormat.of().parseHex(SYSTEM.get(random.nextInt(SYSTEM.size())))) {
                        c.db(octet & 0xFF);
                    }
                }
            }
        }
        Guest.exit(c, 1);
    }

    private static Guest guest(final int seed) {
        final Guest guest = new Guest();
        for (int vector = 0; vector < VECTORS; vector++) {
            final boolean hasErrorCode = vector == 8 || vector >= 10 && vector <= 14 || vector == 17 || vector == 21;
            if (vector != GENERAL_PROTECTION || seed % 7 != 0) {
                guest.handler(vector, c -> {
                    if (hasErrorCode) {
                        c.add(Reg64.RSP, Long.BYTES);
                    }
                    c.inc(Width.QWORD, Mem.at(Reg64.RSP));
                    c.iretq();
                });
            }
        }
        return guest.program(c -> {
            if (seed % 3 == 0) {
                Guest.enterUser(c, 0x3002);
            } else {
                emit(c, new Random(seed));
            }
        }).user(c -> emit(c, new Random(~seed)));
    }

    @Test
    void systemInstructionsInAnyOrderEndWithAResult() {
        final Map<String, Integer> ends = new TreeMap<>();
        for (int seed = FIRST; seed < FIRST + RUNS; seed++) {
            try (Machine machine = guest(seed).machine()) {
                ends.merge(machine.run(Budget.steps(5000)).getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        assertEquals(RUNS, ends.values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(ends.size() >= 3, "they end in several ways: " + ends);
    }
}
