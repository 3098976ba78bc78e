package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** VM function 0, EPTP switching, as the guest's own business (Intel SDM volume 3, 25.5.6.3 and 28.3). */
class VmFunctionsTest {
    private static final int UNDEFINED = 0x86;
    private static final int GENERAL_PROTECTION = 0x80 + 13;
    private static final int DEBUG = 0x81;

    private static final long LIST = 0x50_0000;
    /** Everything, as it is. */
    private static final long PLAIN = 0x50_1000;
    /** Everything, but one page is another. */
    private static final long OTHER = 0x50_4000;
    private static final long OTHER_TABLE = OTHER + 0x3000;
    private static final long BEHIND = 0x60_0000;
    private static final int TABLE = 7;
    private static final int LARGE_WRITE_BACK = 0xB7;
    private static final int SMALL_WRITE_BACK = 0x37;
    private static final int POINTER = 0x1E;
    private static final int ENTRIES = 512;
    private static final int PAGE = 4096;
    private static final int LARGE_PAGE_SHIFT = 21;

    private static void store(final CodeBuilder c, final long address, final long value) {
        c.mov(Reg64.RAX, value);
        c.mov(Reg64.RDI, address);
        c.mov(Mem.at(Reg64.RDI), Reg64.RAX);
    }

    /** A table of 512 entries that map what lies one behind the other. */
    private static void fill(final CodeBuilder c, final long table, final long first, final long step) {
        c.mov(Reg64.RDI, table);
        c.mov(Reg64.RAX, first);
        c.mov(Reg64.RDX, step);
        c.mov(Reg32.ECX, ENTRIES);
        final Label next = c.here();
        c.mov(Mem.at(Reg64.RDI), Reg64.RAX);
        c.add(Reg64.RAX, Reg64.RDX);
        c.add(Reg64.RDI, Long.BYTES);
        c.dec(Reg64.RCX);
        c.jcc(Cond.NE, next);
    }

    /** Two sets of extended page tables: the first GiB as it is; and the same, but one page of it by an entry. */
    private static void tables(final CodeBuilder c, final long page, final long entry) {
        store(c, PLAIN, PLAIN + PAGE | TABLE);
        store(c, PLAIN + PAGE, LARGE_WRITE_BACK);
        store(c, OTHER, OTHER + PAGE | TABLE);
        store(c, OTHER + PAGE, OTHER + 2 * PAGE | TABLE);
        fill(c, OTHER + 2 * PAGE, LARGE_WRITE_BACK, 1 << LARGE_PAGE_SHIFT);
        final long region = page >> LARGE_PAGE_SHIFT;
        store(c, OTHER + 2 * PAGE + region * Long.BYTES, OTHER_TABLE | TABLE);
        fill(c, OTHER_TABLE, region << LARGE_PAGE_SHIFT | SMALL_WRITE_BACK, PAGE);
        store(c, OTHER_TABLE + (page / PAGE % ENTRIES) * Long.BYTES, entry);
        store(c, LIST, PLAIN | POINTER);
        store(c, LIST + Long.BYTES, OTHER | POINTER);
        Guest.writeMsr(c, VmFunctions.EPTP_LIST, LIST);
        Guest.writeMsr(c, VmFunctions.EPTP, PLAIN | POINTER);
    }

    private static void switchTo(final CodeBuilder c, final int index) {
        c.mov(Reg32.EAX, 0);
        c.mov(Reg32.ECX, index);
        vmfunc(c);
    }

    private static void vmfunc(final CodeBuilder c) {
        c.db(0x0F, 0x01, 0xD4);
    }

    private static MachineConfig with() {
        return MachineConfig.standard().withVmFunctions();
    }

    private static RunResult run(final Guest guest) {
        try (Machine machine = guest.machine(with())) {
            return machine.run(Budget.steps(1_000_000));
        }
    }

    /** Level 3 writes 3 to a page, sees 5 there in the other tables, writes 7, and sees 3 again; adds it all up. */
    private static Guest twoPagesAtOneAddress() {
        return new Guest().program(c -> {
            store(c, BEHIND, 5);
            tables(c, Guest.DATA, BEHIND | SMALL_WRITE_BACK);
            Guest.enterUser(c, 0x3002);
        }).user(c -> {
            c.mov(Reg64.RSI, Guest.DATA);
            c.mov(Width.QWORD, Mem.at(Reg64.RSI), 3);
            switchTo(c, 1);
            c.mov(Reg64.RBX, Mem.at(Reg64.RSI));
            c.mov(Width.QWORD, Mem.at(Reg64.RSI), 7);
            switchTo(c, 0);
            c.add(Reg64.RBX, Mem.at(Reg64.RSI));
            c.mov(Reg64.RAX, BEHIND);
            c.add(Reg64.RBX, Mem.at(Reg64.RAX));
            c.mov(Reg64.RAX, Reg64.RBX);
            Guest.exitWithEax(c);
        });
    }

    @Test
    void switchShowsOtherMemoryAtTheSameAddressWithoutTheKernel() {
        assertEquals(new RunResult.Exited(3 + 5 + 7), run(twoPagesAtOneAddress()));
    }

    @Test
    void switchRetiresAsOneInstructionAndIsNoException() {
        try (Machine machine = twoPagesAtOneAddress().machine(with())) {
            machine.run(Budget.steps(1_000_000));
            assertEquals(0, machine.otherSteps());
        }
        assertEquals(instructions(c -> c.nop(), c -> c.nop()), instructions(c -> {
            vmfunc(c);
        }, c -> c.nop()));
    }

    private static long instructions(final Consumer<CodeBuilder> first, final Consumer<CodeBuilder> second) {
        final Guest guest = new Guest().program(c -> {
            tables(c, Guest.DATA, BEHIND | SMALL_WRITE_BACK);
            c.mov(Reg32.EAX, 0);
            c.mov(Reg32.ECX, 1);
            first.accept(c);
            second.accept(c);
            Guest.exit(c, 1);
        });
        try (Machine machine = guest.machine(with())) {
            assertEquals(new RunResult.Exited(1), machine.run(Budget.steps(1_000_000)));
            return machine.instructions();
        }
    }

    /** The trick of SkyBridge (EuroSys 2019, 3.2): the page that CR3 names is another under other tables. */
    private static Guest otherRootUnderTheSameCr3() {
        final long root = 0x61_0000;
        final long pointers = 0x61_1000;
        final int accessed = 1 << 5;
        return new Guest().program(c -> {
            c.mov(Reg64.RBX, ControlRegister.CR3);
            c.mov(Reg64.RSI, Mem.at(Reg64.RBX));
            c.mov(Reg64.RDI, root);
            c.mov(Mem.at(Reg64.RDI), Reg64.RSI);
            store(c, root + Long.BYTES, pointers | TABLE);
            store(c, pointers, LARGE_WRITE_BACK & ~0x30);
            store(c, Guest.DATA, 11);
            tables(c, 0, root | SMALL_WRITE_BACK);
            c.mov(Reg64.RDI, OTHER_TABLE);
            c.mov(Reg64.RAX, SMALL_WRITE_BACK);
            c.mov(Mem.at(Reg64.RDI), Reg64.RAX);
            c.mov(Reg64.RDX, Reg64.RBX);
            c.shr(Reg64.RDX, 9);
            c.add(Reg64.RDI, Reg64.RDX);
            c.mov(Reg64.RAX, root | SMALL_WRITE_BACK);
            c.mov(Mem.at(Reg64.RDI), Reg64.RAX);
            Guest.enterUser(c, 0x3002);
        }).user(c -> {
            switchTo(c, 1);
            c.mov(Reg64.RSI, (1L << 39) + Guest.DATA);
            c.mov(Reg64.RBX, Mem.at(Reg64.RSI));
            switchTo(c, 0);
            c.mov(Reg64.RDI, root + Long.BYTES);
            c.mov(Reg64.RAX, Mem.at(Reg64.RDI));
            c.and(Reg64.RAX, accessed);
            c.add(Reg64.RAX, Reg64.RBX);
            Guest.exitWithEax(c);
        });
    }

    @Test
    void pageTablesAreReadAndMarkedThroughTheExtendedOnes() {
        assertEquals(new RunResult.Exited(11 + 32), run(otherRootUnderTheSameCr3()));
    }

    private static List<Translation> told(final Guest guest, final long address) {
        final List<Translation> told = new ArrayList<>();
        try (Machine machine = guest.machine(with())) {
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return Set.of(EventKind.TRANSLATION);
                }

                @Override
                public void translation(final long cycle, final int cpu, final Translation translation) {
                    if (translation.page() == address / PAGE) {
                        told.add(translation);
                    }
                }
            });
            machine.run(Budget.steps(1_000_000));
        }
        return told;
    }

    @Test
    void translationsAreToldWithTheExtendedTablesThatTheyAreOf() {
        final List<String> ofTheData = told(twoPagesAtOneAddress(), Guest.DATA).stream()
                .map(t -> t.frame() * PAGE + " under " + t.extended()).toList();
        assertEquals(List.of(Guest.DATA + " under " + (PLAIN | POINTER), BEHIND + " under " + (OTHER | POINTER),
                Guest.DATA + " under " + (PLAIN | POINTER)), ofTheData);
        final Translation behindOtherRoot = told(otherRootUnderTheSameCr3(), (1L << 39) + Guest.DATA).getFirst();
        assertEquals(0x61_0000 + Long.BYTES, behindOtherRoot.entries()[0], "where it really is, not where CR3 says");
        assertEquals(OTHER | POINTER, behindOtherRoot.extended());
    }

    @Test
    void hostLooksAtAGuestThroughItsExtendedTables() {
        try (Machine machine = new Guest().program(c -> {
            tables(c, Guest.DATA, BEHIND | SMALL_WRITE_BACK);
            switchTo(c, 1);
            Guest.exit(c, 1);
        }).machine(with())) {
            machine.run(Budget.steps(1_000_000));
            assertEquals(BEHIND + 0x123, machine.cpu().translate(Guest.DATA + 0x123));
            assertEquals(Guest.CODE, machine.cpu().translate(Guest.CODE));
        }
    }

    @ParameterizedTest(name = "entry {0}, {1}")
    @CsvSource({"600031, write, 2", "600031, read, 0", "600034, read, 1", "600034, execute, 0", "600033, execute, 4",
        "600030, read, 1", "600036, read, 1", "60003f, read, 1", "10000600037, write, 2", "600011, read, 1"})
    void accessWithoutARightEndsTheRun(final String entry, final String access, final int missing) {
        final RunResult result = run(new Guest().program(c -> {
            store(c, BEHIND, 0xC3);
            tables(c, Guest.DATA, Long.parseUnsignedLong(entry, 16));
            switchTo(c, 1);
            c.mov(Reg64.RSI, Guest.DATA);
            switch (access) {
                case "read" -> c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
                case "write" -> c.mov(Mem.at(Reg64.RSI), Reg64.RAX);
                default -> c.call(Reg64.RSI);
            }
            Guest.exit(c, 1);
        }));
        if (missing == 0) {
            assertEquals(new RunResult.Exited(1), result);
        } else {
            final RunResult.EptViolation violation = (RunResult.EptViolation) result;
            assertEquals(Guest.DATA, violation.guestPhysical(), result.describe());
            assertEquals(missing, violation.right(), result.describe());
            assertTrue(violation.rip() > Guest.CODE && violation.rip() < Guest.CODE + PAGE, result.describe());
        }
    }

    @ParameterizedTest(name = "EAX={0} ECX={1}")
    @CsvSource({"1, 0", "0, 512", "0, -1", "0, 2", "64, 0", "0, 3"})
    void whatWouldExitToAHypervisorIsUndefinedAndChangesNothing(final int function, final int index) {
        assertEquals(new RunResult.Exited(5), run(new Guest().handler(6, c -> {
            c.mov(Reg64.RSI, Guest.DATA);
            c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
            Guest.exitWithEax(c);
        }).program(c -> {
            store(c, BEHIND, 5);
            tables(c, Guest.DATA, BEHIND | SMALL_WRITE_BACK);
            store(c, LIST + 3 * Long.BYTES, PLAIN | POINTER | 1 << 6);
            switchTo(c, 1);
            c.mov(Reg32.EAX, function);
            c.mov(Reg32.ECX, index);
            vmfunc(c);
            Guest.exit(c, 1);
        })));
    }

    @Test
    void withoutTheOptionItIsUndefinedAndNoRegisterIsThere() {
        assertEquals(new RunResult.Exited(UNDEFINED), new Guest().program(c -> switchTo(c, 0)).run());
        for (final int register : new int[] {VmFunctions.EPTP_LIST, VmFunctions.EPTP}) {
            assertEquals(new RunResult.Exited(GENERAL_PROTECTION),
                    new Guest().program(c -> Guest.writeMsr(c, register, 0)).run());
        }
        assertEquals(new RunResult.Exited(0x40), new Guest().program(VmFunctionsTest::ask).run());
        assertEquals(new RunResult.Exited(0x41), run(new Guest().program(VmFunctionsTest::ask)));
        assertEquals(new RunResult.Exited(UNDEFINED), run(new Guest().program(c -> switchTo(c, 0))));
    }

    /** Exits with 0x40 where CPUID does not tell it, with 0x41 where it does. */
    private static void ask(final CodeBuilder c) {
        c.mov(Reg32.EAX, VmFunctions.LEAF);
        c.cpuid();
        c.or(Reg32.EAX, 0x40);
        Guest.exitWithEax(c);
    }

    @ParameterizedTest(name = "EPTP {0}")
    @ValueSource(strings = {"501018", "50101e"})
    void pointerOfEitherMemoryTypeIsTaken(final String pointer) {
        assertEquals(new RunResult.Exited(1), run(pointing(VmFunctions.EPTP, pointer)));
    }

    @ParameterizedTest(name = "MSR {0} = {1}")
    @CsvSource({"400000f1, 501019", "400000f1, 501016", "400000f1, 501026", "400000f1, 50105e", "400000f1, 50109e",
        "400000f1, 50111e", "400000f1, 1000050101e", "400000f0, 500008", "400000f0, 10000000",
        "400000f0, 8000000000000000"})
    void registerRefusesWhatIsNoPointerAndNoList(final String register, final String value) {
        assertEquals(new RunResult.Exited(GENERAL_PROTECTION),
                run(pointing(Integer.parseInt(register, 16), value)));
    }

    private static Guest pointing(final int register, final String value) {
        return new Guest().program(c -> {
            tables(c, Guest.DATA, BEHIND | SMALL_WRITE_BACK);
            Guest.writeMsr(c, register, Long.parseUnsignedLong(value, 16));
            Guest.exit(c, 1);
        });
    }

    @Test
    void switchIsStepped() {
        assertEquals(new RunResult.Exited(0x4000), run(new Guest().handler(1, c -> {
            c.db(0x0F, 0x21, 0xF0);
            c.and(Reg32.EAX, 0x4000);
            Guest.exitWithEax(c);
        }).program(c -> {
            tables(c, Guest.DATA, BEHIND | SMALL_WRITE_BACK);
            c.mov(Reg32.EAX, 0);
            c.mov(Reg32.ECX, 1);
            c.push(0x102);
            c.popfq();
            vmfunc(c);
            Guest.exit(c, DEBUG);
        })));
    }

    @Test
    void stateWithExtendedTablesGoesOnInAnotherMachine() {
        for (final Guest guest : new Guest[] {twoPagesAtOneAddress(), otherRootUnderTheSameCr3()}) {
            try (Machine whole = guest.machine(with()); Machine cut = guest.machine(with())) {
                final RunResult expected = whole.run(Budget.steps(1_000_000));
                States.runTo(cut, whole.steps() - 12);
                RunResult result = null;
                Snapshot snapshot = cut.snapshot();
                for (long at = cut.steps() + 1; at <= whole.steps(); at++) {
                    try (Machine next = Machine.resume(with(), guest.image(), snapshot)) {
                        result = next.run(Budget.steps(1));
                        snapshot = next.snapshot();
                    }
                }
                assertEquals(expected, result);
                States.assertSame(whole.snapshot(), snapshot, "resumed at every step");
            }
        }
    }
}
