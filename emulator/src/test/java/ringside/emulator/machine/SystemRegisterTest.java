package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/** Reserved bits and impossible combinations of system registers (Intel SDM volume 2, MOV CR, MOV DR, WRMSR). */
class SystemRegisterTest {
    private static final int NO_FAULT = 1;
    private static final int UNDEFINED = 0x86;
    private static final int GENERAL_PROTECTION = 0x80 + 13;
    private static final int DEBUG = 0x81;

    private static int outcome(final Consumer<CodeBuilder> code) {
        final RunResult result = new Guest().program(code.andThen(c -> Guest.exit(c, NO_FAULT))).run();
        return assertInstanceOf(RunResult.Exited.class, result, result.describe()).code();
    }

    private static int number(final String hex) {
        return Integer.parseUnsignedInt(hex, 16);
    }

    @ParameterizedTest(name = "WRMSR {0} = {1}: {2}")
    @CsvSource({
        "c0000080, 501, true", "c0000080, d01, true", "c0000080, 1, false", "c0000080, 503, false",
        "c0000080, 1501, false", "c0000080, 4501, false", "c0000080, 100000501, false", "c0000080, 101, true",
        "c0000081, ffffffffffffffff, true", "c0000082, ffff800000000000, true", "c0000082, 7fffffffffff, true",
        "c0000082, 800000000000, false", "c0000083, 800000000000, false", "c0000084, 47700, true",
        "c0000084, 100000000, false", "c0000100, ffff7fffffffffff, false", "c0000100, ffff800000000000, true",
        "c0000101, 800000000000, false", "c0000102, 8000000000000000, false", "c0000102, 7ffffffff000, true",
        "c0000103, 5, true", "c0000103, 100000000, false", "277, 0007040600070406, true",
        "277, 0007040600070402, false", "277, 0307040600070406, false", "277, 8007040600070406, false",
        "1234567, 0, false", "c0000104, 0, false", "fe, 0, false", "8b, 0, true", "200, 6, true",
        "200, 2, false", "2ff, c06, true", "2ff, 1c06, false"})
    void modelSpecificRegisterTakesWhatTheManualSays(final String register, final String value, final boolean taken) {
        assertEquals(taken ? NO_FAULT : GENERAL_PROTECTION, outcome(c ->
                Guest.writeMsr(c, number(register), Long.parseUnsignedLong(value, 16))));
    }

    @ParameterizedTest(name = "RDMSR {0}: {1}")
    @CsvSource({"c0000080, true", "c0000101, true", "277, true", "fe, true", "10, true", "1234567, false", "400, false",
        "802, false"})
    void registerThatIsNotThereCannotBeRead(final String register, final boolean there) {
        assertEquals(there ? NO_FAULT : GENERAL_PROTECTION, outcome(c -> {
            c.mov(Reg32.ECX, number(register));
            c.rdmsr();
        }));
    }

    @Test
    void writtenRegisterReadsBackWithoutReadOnlyBits() {
        assertEquals(0xD01, outcome(c -> {
            Guest.writeMsr(c, 0xC000_0080, 0x901);
            c.mov(Reg32.ECX, 0xC000_0080);
            c.rdmsr();
            Guest.exitWithEax(c);
        }));
    }

    @Test
    void modelSpecificRegistersAreForLevel0() {
        for (final int octet : new int[] {0x30, 0x32}) {
            final RunResult result = new Guest().program(c -> Guest.enterUser(c, 2)).user(c -> {
                c.mov(Reg32.ECX, 0xC000_0101);
                c.db(0x0F, octet);
            }).run();
            assertEquals(new RunResult.Exited(GENERAL_PROTECTION), result);
        }
    }

    private static void control(final CodeBuilder c, final ControlRegister register, final long clear, final long set) {
        c.mov(Reg64.RAX, register);
        c.mov(Reg64.RCX, ~clear);
        c.and(Reg64.RAX, Reg64.RCX);
        c.mov(Reg64.RCX, set);
        c.or(Reg64.RAX, Reg64.RCX);
        c.mov(register, Reg64.RAX);
    }

    @ParameterizedTest(name = "{0} clear {1} set {2}: {3}")
    @CsvSource({
        "CR0, 80000000, 0, false", "CR0, 1, 0, false", "CR0, 0, 20000000, false", "CR0, 0, 60000000, true",
        "CR0, 0, 40000000, true", "CR0, 0, 100000000, false", "CR0, 10000, 2a, true", "CR0, 0, 1fface00, true",
        "CR3, 0, 18, true", "CR3, 0, fff, true", "CR3, 0, 10000000000, false", "CR3, 0, 8000000000000000, false",
        "CR4, 0, 30698, true", "CR4, 20, 0, false", "CR4, 0, 20000, true", "CR4, 0, 1000, false",
        "CR4, 0, 2000, false", "CR4, 0, 4000, false", "CR4, 0, 8000, false", "CR4, 0, 80000, false",
        "CR4, 0, 10000, true", "CR4, 0, 40000, true", "CR4, 0, 800, false",
        "CR4, 0, 1000000, false", "CR4, 0, 100000000, false", "CR4, 0, 3, false",
        "CR8, 0, f, true", "CR8, 0, 10, false", "CR8, 0, 8000000000000000, false"})
    void controlRegisterTakesWhatTheManualSays(
            final ControlRegister register, final String clear, final String set, final boolean taken) {
        assertEquals(taken ? NO_FAULT : GENERAL_PROTECTION, outcome(c -> {
            control(c, register, Long.parseUnsignedLong(clear, 16), Long.parseUnsignedLong(set, 16));
        }));
    }

    @Test
    void processContextIdentifiersNeedRootWithoutOne() {
        assertEquals(GENERAL_PROTECTION, outcome(c -> {
            control(c, ControlRegister.CR3, 0, 1 << 3);
            control(c, ControlRegister.CR4, 0, 1 << 17);
        }));
    }

    @Test
    void bit63OfTheRootAsksToKeepTranslationsAndIsNotKept() {
        assertEquals(7, outcome(c -> {
            control(c, ControlRegister.CR4, 0, 1 << 17);
            control(c, ControlRegister.CR3, 0, 1L << 63 | 7);
            c.mov(Reg64.RAX, ControlRegister.CR3);
            c.shr(Reg64.RAX, 32);
            c.mov(Reg64.RCX, ControlRegister.CR3);
            c.and(Reg32.ECX, 0xFFF);
            c.add(Reg32.EAX, Reg32.ECX);
            Guest.exitWithEax(c);
        }));
    }

    @Test
    void pagingStaysOnWhileProcessContextIdentifiersAre() {
        assertEquals(GENERAL_PROTECTION, outcome(c -> {
            control(c, ControlRegister.CR4, 0, 1 << 17);
            control(c, ControlRegister.CR0, 1L << 31, 0);
        }));
    }

    private static void debug(final CodeBuilder c, final int register, final long value) {
        c.mov(Reg64.RAX, value);
        c.db(0x0F, 0x23, 0xC0 | register << 3);
    }

    @ParameterizedTest(name = "MOV DR{0}, {1}: {2}")
    @CsvSource({"0, ffffffffffffffff, 1", "6, ffffffff, 1", "6, 100000000, 141", "7, 100000000, 141", "7, dfff, 1",
        "4, 0, 1", "5, 400, 1"})
    void debugRegisterTakesWhatTheManualSays(final int register, final String value, final int expected) {
        assertEquals(expected, outcome(c -> {
            debug(c, register, Long.parseUnsignedLong(value, 16));
            debug(c, 7, 0x400);
        }));
    }

    @Test
    void reservedBitsOfDebugRegistersReadAsTheManualSays() {
        assertEquals(0xFFFF_EFFF, outcome(c -> {
            debug(c, 6, 0xFFFF_FFFFL);
            c.db(0x0F, 0x21, 0xF0);
            Guest.exitWithEax(c);
        }));
        assertEquals(0x0000_0700, outcome(c -> {
            debug(c, 7, 0xDF00L & ~(1 << 13));
            c.db(0x0F, 0x21, 0xF8);
            Guest.exitWithEax(c);
        }));
    }

    @Test
    void aliasesOfDebugRegistersAreUndefinedWithDebuggingExtensions() {
        assertEquals(UNDEFINED, outcome(c -> {
            control(c, ControlRegister.CR4, 0, 1 << 3);
            debug(c, 4, 0);
        }));
        assertEquals(UNDEFINED, outcome(c -> {
            control(c, ControlRegister.CR4, 0, 1 << 3);
            c.db(0x0F, 0x21, 0xE8);
        }));
    }

    @Test
    void generalDetectIsDebugExceptionAtTheInstruction() {
        assertEquals(DEBUG, outcome(c -> {
            debug(c, 7, 1 << 13 | 0x400);
            c.db(0x0F, 0x21, 0xC0);
        }));
        assertEquals(1 << 13, new Guest().program(c -> {
            debug(c, 7, 1 << 13 | 0x400);
            c.db(0x0F, 0x21, 0xC0);
        }).handler(1, c -> {
            c.db(0x0F, 0x21, 0xF0);
            c.and(Reg32.EAX, 1 << 13);
            Guest.exitWithEax(c);
        }).run() instanceof RunResult.Exited exited ? exited.code() : -1, "the handler may read DR6: DR7.GD is off");
    }

    @Test
    void countsAreExactInFrontOfFaultingRegisterWrites() {
        final Guest guest = new Guest().program(c -> {
            c.nop();
            Guest.writeMsr(c, 0x1234567, 0);
            c.nop();
            c.nop();
        });
        final long shorter;
        try (Machine machine = guest.machine()) {
            machine.run(Budget.steps(1000));
            shorter = machine.instructions();
        }
        try (Machine machine = guest.program(c -> {
            c.nop();
            c.nop();
            Guest.writeMsr(c, 0x1234567, 0);
        }).machine()) {
            machine.run(Budget.steps(1000));
            assertEquals(shorter + 1, machine.instructions());
        }
    }

    @Test
    void observerHearsEveryNewRootOnce() {
        final List<String> heard = new ArrayList<>();
        try (Machine machine = new Guest().program(c -> {
            c.mov(Reg64.RAX, ControlRegister.CR3);
            c.mov(ControlRegister.CR3, Reg64.RAX);
            c.or(Reg32.EAX, 1 << 3);
            c.mov(ControlRegister.CR3, Reg64.RAX);
            c.mov(ControlRegister.CR3, Reg64.RAX);
            Guest.exit(c, NO_FAULT);
        }).machine()) {
            final long root = machine.cpu().read(CpuRegister.CR3);
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return Set.of(EventKind.ADDRESS_SPACE);
                }

                @Override
                public void addressSpace(final long cycle, final int cpu, final long root) {
                    heard.add(cycle + ":" + root);
                }
            });
            machine.run(Budget.steps(1000));
            assertEquals(List.of("9:" + (root | 1 << 3)), heard);
        }
    }
}
