package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.Reg32;

/** CPUID announces what works and hides what would read the host or is not modelled. */
class CpuidTest {
    private static int ask(final int leaf, final Reg32 register) {
        return assertInstanceOf(RunResult.Exited.class, new Guest().program(c -> {
            c.mov(Reg32.EAX, leaf);
            c.xor(Reg32.ECX, Reg32.ECX);
            c.db(0x0F, 0xA2);
            c.mov(Reg32.EAX, register);
            Guest.exitWithEax(c);
        }).run()).code();
    }

    @ParameterizedTest(name = "{2} is hidden")
    @CsvSource({"1,30,RDRAND", "1,3,MONITOR", "1,5,VMX"})
    void featureOfLeaf1IsHidden(final int leaf, final int bit, final String name) {
        assertEquals(0, ask(leaf, Reg32.ECX) >> bit & 1, name);
    }

    @Test
    void seedInstructionIsHidden() {
        assertEquals(0, ask(7, Reg32.EBX) >> 18 & 1);
    }

    @Test
    void longModeSyscallAndNoExecuteAreAnnounced() {
        final int features = ask(0x8000_0001, Reg32.EDX);
        assertEquals(1, features >> 29 & 1);
        assertEquals(1, features >> 11 & 1);
        assertEquals(1, features >> 20 & 1);
    }

    @Test
    void vendorIsTheOneThatTheEngineFollows() {
        assertEquals('G' | 'e' << 8 | 'n' << 16 | 'u' << 24, ask(0, Reg32.EBX));
        assertEquals('i' | 'n' << 8 | 'e' << 16 | 'I' << 24, ask(0, Reg32.EDX));
        assertEquals('n' | 't' << 8 | 'e' << 16 | 'l' << 24, ask(0, Reg32.ECX));
    }

    @Test
    void hypervisorLeafNamesRingside() {
        assertEquals('R' | 'i' << 8 | 'n' << 16 | 'g' << 24, ask(0x4000_0000, Reg32.EBX));
    }

    @Test
    void unknownLeafIsAllZero() {
        assertEquals(0, ask(0x5000_0000, Reg32.EAX));
    }
}
