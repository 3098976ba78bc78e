package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.emulator.snapshot.Snapshot;
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

/** A reset ends the run with its cause, or boots the image again over RAM that is clear. */
class ResetTest {
    private static void out(final CodeBuilder c, final int port, final int value) {
        c.mov(Reg16.DX, port);
        c.mov(Reg8.AL, value);
        c.db(0xEE);
    }

    private static void tripleFault(final CodeBuilder c) {
        c.sub(Reg64.RSP, 16);
        c.mov(Width.QWORD, Mem.at(Reg64.RSP), 0);
        c.db(0x0F, 0x01, 0x1C, 0x24);
        c.ud2();
    }

    private static RunResult end(final Consumer<CodeBuilder> code) {
        return new Guest().program(code).run();
    }

    @Test
    void resetEndsTheRunAndSaysByWhatMeans() {
        assertEquals(new RunResult.Reset("the reset control register"), end(c -> out(c, 0xCF9, 6)));
        assertEquals(new RunResult.Reset("the keyboard controller"), end(c -> out(c, 0x64, 0xFE)));
        assertEquals(new RunResult.Reset("system control port A"), end(c -> out(c, 0x92, 1)));
        assertEquals(new RunResult.Reset("INIT to the first CPU"), end(c -> {
            Guest.apic(c, 0x310, 0);
            Guest.apic(c, 0x300, 0x4500);
        }));
    }

    @Test
    void machineThatIsSwitchedOffIsOff() {
        assertEquals(new RunResult.PoweredOff(), end(c -> {
            c.mov(Reg16.DX, 0x604);
            c.mov(Reg32.EAX, 0x3400);
            c.db(0x66, 0xEF);
        }));
    }

    /** Says x, or y where memory is not clear, and resets. */
    private static Guest again(final Consumer<CodeBuilder> reset) {
        return new Guest().program(c -> {
            final Label clear = c.newLabel();
            c.cmp(Width.QWORD, Mem.absolute(Guest.DATA), 0);
            c.jcc(Cond.E, clear);
            Guest.send(c, 'y');
            c.bind(clear);
            Guest.send(c, 'x');
            c.mov(Width.QWORD, Mem.absolute(Guest.DATA), 1);
            reset.accept(c);
            c.hlt();
        });
    }

    @Test
    void machineThatRebootsBootsAgainOverClearMemoryUntilItsBudgetEnds() {
        for (final Consumer<CodeBuilder> reset : List.<Consumer<CodeBuilder>>of(
                c -> out(c, 0xCF9, 6), ResetTest::tripleFault)) {
            final Guest guest = again(reset);
            final long once;
            try (Machine machine = again(reset).machine()) {
                machine.run(Budget.steps(1000));
                once = machine.instructions();
            }
            try (Machine machine = guest.machine(MachineConfig.standard().withReset(ResetPolicy.REBOOT))) {
                assertInstanceOf(RunResult.BudgetSpent.class, machine.run(Budget.steps(3_500_000)));
                assertEquals("xxxx", guest.text(), "a reset is a million steps");
                assertEquals(4 * once, machine.instructions());
                assertEquals(4 * once, machine.cycles());
            }
        }
    }

    @Test
    void inputGoesOnBehindAResetAlsoFromASnapshot() {
        final Guest guest = new Guest().program(c -> {
            final Label waits = c.here();
            c.mov(Reg16.DX, 0x3FD);
            c.db(0xEC);
            c.test(Reg32.EAX, 1);
            c.jcc(Cond.E, waits);
            c.mov(Reg16.DX, 0x3F8);
            c.db(0xEC);
            c.db(0xEE);
            out(c, 0xCF9, 6);
        });
        final InputLog input = new InputLog(List.of(
                new InputEntry(0, false, "abcdef".getBytes(StandardCharsets.US_ASCII))));
        try (Machine machine = guest.machine(MachineConfig.standard().withReset(ResetPolicy.REBOOT)
                .withInput(input.replay()))) {
            machine.run(Budget.steps(2_500_000));
            final String before = guest.text();
            assertEquals("abc", before);
            final Snapshot snapshot = machine.snapshot();
            machine.run(Budget.steps(2_000_000));
            machine.restore(snapshot);
            machine.run(Budget.steps(2_000_000));
            assertEquals("abc" + "de" + "de", guest.text());
        }
    }

    @Test
    void timeStampStartsAgainAndEveryCpuWaitsAgain() {
        final Guest guest = new Guest().program(c -> {
            c.rdtsc();
            c.shr(Reg32.EAX, 12);
            c.add(Reg8.AL, '0');
            c.mov(Reg16.DX, 0x3F8);
            c.db(0xEE);
            c.mov(Reg32.ECX, 100_000);
            final Label loop = c.here();
            c.dec(Reg32.ECX);
            c.jcc(Cond.NE, loop);
            out(c, 0xCF9, 6);
        });
        try (Machine machine = guest.machine(
                MachineConfig.standard().withVcpus(3).withReset(ResetPolicy.REBOOT))) {
            machine.run(Budget.steps(2_500_000));
            assertEquals("000", guest.text());
            assertTrue(machine.cycles() > 500_000, "the machine's own time goes on");
        }
    }
}
