package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.PlausibleProgram;
import ringside.emulator.testing.SmpGuest;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** A schedule from outside: one CPU runs by the instruction while the others stand still. */
class RunOnlyTest {
    private static final long COUNTER = Guest.DATA;
    private static final long ARRIVED = Guest.DATA + 0x40;
    private static final long GATE = Guest.DATA + 0x80;
    private static final long DONE = Guest.DATA + 0xC0;
    /** Load, increment, store. */
    private static final int INSTRUCTIONS = 3;
    private static final int ENOUGH = 200_000;
    private static final int LOOPS = 20;

    /** Both CPUs come to a gate; the first one opens it, and each increments the counter in three instructions. */
    private static Guest twoIncrements() {
        return SmpGuest.of(c -> {
            final Label other = c.newLabel();
            final Label gate = c.newLabel();
            c.test(Reg32.EDI, Reg32.EDI);
            c.jcc(Cond.NE, other);
            SmpGuest.spinUntil(c, ARRIVED, 1);
            c.mov(Width.DWORD, Mem.absolute(GATE), 1);
            c.jmp(gate);
            c.bind(other);
            c.mov(Width.DWORD, Mem.absolute(ARRIVED), 1);
            SmpGuest.spinUntil(c, GATE, 1);
            c.bind(gate);
            c.mov(Reg32.EAX, Mem.absolute(COUNTER));
            c.inc(Reg32.EAX);
            c.mov(Mem.absolute(COUNTER), Reg32.EAX);
            c.lock().inc(Width.DWORD, Mem.absolute(DONE));
            final Label waits = c.newLabel();
            c.test(Reg32.EDI, Reg32.EDI);
            c.jcc(Cond.NE, waits);
            SmpGuest.spinUntil(c, DONE, 2);
            c.mov(Reg32.EAX, Mem.absolute(COUNTER));
            Guest.exitWithEax(c);
            c.bind(waits);
            c.hlt();
        });
    }

    /** Runs until both are at the load: the first one by hand, since it opens the gate for the other. */
    private static void toTheLoad(final Machine machine) {
        while (word(machine, GATE) == 0) {
            machine.runOnly(0, Budget.steps(1));
            machine.runOnly(1, Budget.steps(1));
        }
        while (machine.cpu(0).read(CpuRegister.RIP) != machine.cpu(1).read(CpuRegister.RIP)) {
            machine.runOnly(jumpBehind(machine), Budget.steps(1));
        }
    }

    /** {@return the CPU that is not there yet: code goes upwards from both sides of the gate} */
    private static int jumpBehind(final Machine machine) {
        return machine.cpu(0).read(CpuRegister.RIP) < machine.cpu(1).read(CpuRegister.RIP) ? 0 : 1;
    }

    private static void step(final Machine machine, final int cpu, final int steps) {
        if (steps > 0) {
            machine.runOnly(cpu, Budget.steps(steps));
        }
    }

    private static int word(final Machine machine, final long address) {
        return machine.cpu().memory().get(ValueLayout.JAVA_INT_UNALIGNED, address);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aCpuStopsBehindTheInstructionThatTheScheduleNames(final int before) {
        try (Machine machine = twoIncrements().machine(MachineConfig.standard().withVcpus(2))) {
            toTheLoad(machine);
            final long others = machine.cycles(1);
            step(machine, 0, before);
            assertEquals(others, machine.cycles(1), "the other one's time stands still");
            machine.runOnly(1, Budget.steps(INSTRUCTIONS));
            step(machine, 0, INSTRUCTIONS - before);
            final int lost = before == 0 || before == INSTRUCTIONS ? 0 : 1;
            assertEquals(2 - lost, word(machine, COUNTER), "a load before the other's store loses it");
        }
    }

    @Test
    void turnsGoOnAfterAScheduleFromOutside() {
        try (Machine machine = twoIncrements().machine(MachineConfig.standard().withVcpus(2))) {
            toTheLoad(machine);
            machine.runOnly(1, Budget.steps(1));
            final RunResult end = machine.run(Budget.steps(ENOUGH));
            assertEquals(1, assertInstanceOf(RunResult.Exited.class, end, end.describe()).code());
        }
    }

    @Test
    void theSameScheduleFromASnapshotGivesTheSameState() {
        try (Machine machine = twoIncrements().machine(MachineConfig.standard().withVcpus(2))) {
            toTheLoad(machine);
            final Snapshot start = machine.snapshot();
            machine.runOnly(1, Budget.steps(2));
            machine.runOnly(0, Budget.steps(INSTRUCTIONS));
            final String hash = machine.stateHash();
            machine.restore(start);
            machine.runOnly(1, Budget.steps(2));
            machine.runOnly(0, Budget.steps(INSTRUCTIONS));
            assertEquals(hash, machine.stateHash());
        }
    }

    @Test
    void whatTheHostWritesBetweenTurnsTheGuestReadsAndASnapshotTakesBack() {
        try (Machine machine = twoIncrements().machine(MachineConfig.standard().withVcpus(2))) {
            toTheLoad(machine);
            final Snapshot start = machine.snapshot();
            machine.write(COUNTER, new byte[] {40, 0, 0, 0});
            assertEquals(42, assertInstanceOf(RunResult.Exited.class, machine.run(Budget.steps(ENOUGH))).code());
            machine.restore(start);
            assertEquals(2, assertInstanceOf(RunResult.Exited.class, machine.run(Budget.steps(ENOUGH))).code());
            assertThrows(IllegalArgumentException.class, () -> machine.write(Long.MAX_VALUE, new byte[1]));
        }
    }

    @Test
    void aCpuThatWaitsSaysSoAndTheMachineRunsOn() {
        try (Machine machine = twoIncrements().machine(MachineConfig.standard().withVcpus(2))) {
            assertInstanceOf(RunResult.Halted.class, machine.runOnly(1, Budget.steps(1)), "it was not started yet");
            toTheLoad(machine);
            assertInstanceOf(RunResult.Halted.class, machine.runOnly(1, Budget.steps(ENOUGH)));
            final RunResult end = machine.run(Budget.steps(ENOUGH));
            assertEquals(2, assertInstanceOf(RunResult.Exited.class, end, end.describe()).code());
        }
    }

    /** Arithmetic in a loop, a call, a string instruction and a fault that is handled; it exits with its sum. */
    private static Guest wanderer() {
        return PlausibleProgram.handlers(new Guest().program(c -> {
            PlausibleProgram.emit(c, 7, 1, 0);
            c.mov(Reg32.EBX, LOOPS);
            c.xor(Reg32.EBP, Reg32.EBP);
            final Label loop = c.here();
            final Label routine = c.newLabel();
            final Label resumes = c.newLabel();
            final Label end = c.newLabel();
            c.call(routine);
            c.mov(Reg64.RSI, Guest.DATA);
            c.mov(Reg64.RDI, Guest.DATA + 0x100);
            c.mov(Reg32.ECX, 11);
            c.db(0xF3, 0xA4);
            c.lea(PlausibleProgram.RESUME, Mem.rip(resumes));
            c.db(0x0F, 0x0B);
            c.bind(resumes);
            c.dec(Reg32.EBX);
            c.jcc(Cond.NE, loop);
            c.jmp(end);
            c.bind(routine);
            c.add(Reg32.EBP, Reg32.EBX);
            c.mov(Mem.absolute(Guest.DATA), Reg32.EBP);
            c.ret();
            c.bind(end);
            c.mov(Reg32.EAX, Reg32.EBP);
            Guest.exitWithEax(c);
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 65, 1000})
    void howeverManyInstructionsAtATimeTheStateInTheEndIsTheSame(final int atATime) {
        final String straight;
        final long counted;
        try (Machine machine = wanderer().machine(MachineConfig.standard())) {
            machine.run(Budget.steps(ENOUGH));
            counted = machine.instructions();
        }
        try (Machine machine = wanderer().machine(MachineConfig.standard())) {
            assertEquals(new RunResult.Exited(LOOPS * (LOOPS + 1) / 2), machine.runOnly(0, Budget.steps(ENOUGH)));
            straight = machine.stateHash();
            assertEquals(counted, machine.instructions());
        }
        try (Machine machine = wanderer().machine(MachineConfig.standard())) {
            RunResult result = machine.runOnly(0, Budget.steps(atATime));
            for (long steps = atATime; result instanceof RunResult.BudgetSpent; steps += atATime) {
                assertEquals(steps, machine.steps(), "a budget is used up exactly");
                result = machine.runOnly(0, Budget.steps(atATime));
            }
            assertEquals(straight, machine.stateHash());
        }
    }
}
