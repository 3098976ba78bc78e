package ringside.emulator.engine.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Reg64;

/** Memory events are what the library's own hooks see: every access once, with its physical address and size. */
class AccessEventsTest {
    /** Loads, stores and read-modify-writes of all sizes, by explicit and implicit operands, over RDI, RSI and RBP. */
    private static final List<String> ACCESSES = List.of("8a07", "668b07", "8b07", "488b07", "8807", "668907", "8907",
            "488907", "f0480107", "f00fb107", "f0480fc107", "480fc70f", "0f6f07", "f30f6f07", "f30f7f07", "660f6f4510",
            "480fae07", "480fae4d00", "a4", "66a5", "a5", "48a5", "f348a5", "f3aa", "f3a6", "48ab", "ac", "0f38f007",
            "480f38f007", "0f38f107", "66ff07", "fe07", "48d107", "480fab07", "f00fba2f03", "6a07", "58", "9c", "59",
            "50", "5b", "0fb607", "0fbe07", "480fbf07", "d907", "dd07", "dddf", "dd1f", "8b87fd0f0000",
            "4889871b0f0000",
            "488987ff0f0000", "66878ffe0f0000", "f048ff87f80f0000", "488b87fc0f0000");

    /** In RAX, which a bit test adds to its address. */
    private static final long BIT = 0x1234;
    private static final long PAE_OSFXSR_OSXMMEXCPT = 0x620;

    private static Guest guest() {
        return new Guest().program(c -> {
            c.mov(Reg64.RAX, PAE_OSFXSR_OSXMMEXCPT);
            bytes(c, "0f22e0");
            for (int round = 0; round < 3; round++) {
                for (final String access : ACCESSES) {
                    c.mov(Reg64.RDI, Guest.DATA + 0x100);
                    c.mov(Reg64.RSI, Guest.DATA + 0x1100);
                    c.mov(Reg64.RBP, Guest.DATA + 0x2200);
                    c.mov(Reg64.RCX, 5);
                    c.mov(Reg64.RAX, BIT);
                    bytes(c, access);
                }
            }
            bytes(c, "dbe3");
            c.db(0xCD, 0x40);
            Guest.exit(c, 0);
        }).handler(0x40, CodeBuilder::iretq);
    }

    private static void bytes(final CodeBuilder c, final String code) {
        for (final byte octet : HexFormat.of().parseHex(code)) {
            c.db(octet & 0xFF);
        }
    }

    private static final class Recorder implements MachineObserver {
        private final List<String> accesses = new ArrayList<>();

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.MEMORY_READ, EventKind.MEMORY_WRITE);
        }

        @Override
        public void memoryRead(
                final long cycle, final int cpu, final long address, final int size, final int level) {
            accesses.add("read " + size + " at 0x" + Long.toHexString(address));
        }

        @Override
        public void memoryWrite(
                final long cycle, final int cpu, final long address, final int size, final int level) {
            accesses.add("write " + size + " at 0x" + Long.toHexString(address));
        }
    }

    @Test
    void observersHearEveryAccessOnceAsTheLibrarysOwnHooksDo() throws ReflectiveOperationException {
        final Recorder recorder = new Recorder();
        try (Machine machine = Machine.boot(MachineConfig.standard(), guest().image())) {
            machine.addObserver(recorder);
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(100_000)));
        }
        try (BareUpcalls upcalls = new BareUpcalls();
                Machine machine = Machine.boot(MachineConfig.standard().withoutCounting(), guest().image())) {
            upcalls.hookEverything(machine);
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(100_000)));
            assertEquals(upcalls.log(), recorder.accesses);
            assertTrue(recorder.accesses.size() > 3 * ACCESSES.size());
        }
    }
}
