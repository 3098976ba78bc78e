package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.testing.EventDigest;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.SmpGuest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/** Several CPUs over one RAM: they make progress, their atomics are atomic, and the same seed gives the same run. */
class SmpTest {
    private static final long COUNTER = Guest.DATA;
    private static final long DONE = Guest.DATA + 0x40;
    private static final long LOCK = Guest.DATA + 0x80;
    private static final long TURN = Guest.DATA + 0xC0;
    private static final long RING = Guest.DATA + 0x200;
    private static final int ROUNDS = 500;
    private static final int PING = 0x41;
    private static final int END_OF_INTERRUPT = 0xB0;

    private static MachineConfig config(final int cpus) {
        return MachineConfig.standard().withVcpus(cpus).withQuantum(777);
    }

    private static int exit(final Guest guest, final MachineConfig config) {
        try (Machine machine = guest.machine(config)) {
            final RunResult result = machine.run(Budget.steps(20_000_000));
            return assertInstanceOf(RunResult.Exited.class, result, result.describe()).code();
        }
    }

    /** Each CPU does its work so many times; when all have, the first one exits with the counter. */
    private static Guest workers(final int cpus, final Consumer<CodeBuilder> work) {
        return SmpGuest.of(c -> {
            c.mov(Reg32.EBX, ROUNDS);
            final Label loop = c.here();
            work.accept(c);
            c.dec(Reg32.EBX);
            c.jcc(Cond.NE, loop);
            c.lock().inc(Width.DWORD, Mem.absolute(DONE));
            final Label other = c.newLabel();
            c.test(Reg32.EDI, Reg32.EDI);
            c.jcc(Cond.NE, other);
            SmpGuest.spinUntil(c, DONE, cpus);
            c.mov(Reg32.EAX, Mem.absolute(COUNTER));
            Guest.exitWithEax(c);
            c.bind(other);
            c.hlt();
        });
    }

    private static void incrementInTwoSteps(final CodeBuilder c) {
        c.mov(Reg32.EAX, Mem.absolute(COUNTER));
        c.inc(Reg32.EAX);
        final Label block = c.newLabel();
        c.jmp(block);
        c.bind(block);
        c.mov(Mem.absolute(COUNTER), Reg32.EAX);
    }

    private static void lockAndIncrement(final CodeBuilder c) {
        final Label taken = c.newLabel();
        final Label retry = c.here();
        c.mov(Reg32.EAX, 1);
        c.xchg(Mem.absolute(LOCK), Reg32.EAX);
        c.test(Reg32.EAX, Reg32.EAX);
        c.jcc(Cond.E, taken);
        c.pause();
        c.jmp(retry);
        c.bind(taken);
        incrementInTwoSteps(c);
        c.mov(Width.DWORD, Mem.absolute(LOCK), 0);
    }

    private static void queueAndIncrement(final CodeBuilder c) {
        final Label served = c.newLabel();
        c.mov(Reg32.EAX, 1);
        c.lock().xadd(Mem.absolute(LOCK), Reg32.EAX);
        final Label retry = c.here();
        c.cmp(Reg32.EAX, Mem.absolute(TURN));
        c.jcc(Cond.E, served);
        c.pause();
        c.jmp(retry);
        c.bind(served);
        incrementInTwoSteps(c);
        c.inc(Width.DWORD, Mem.absolute(TURN));
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "4, 0", "16, 0", "2, 1", "4, 2", "16, 3"})
    void lockedIncrementsLoseNone(final int cpus, final long seed) {
        assertEquals(cpus * ROUNDS, exit(workers(cpus, c -> c.lock().inc(Width.DWORD, Mem.absolute(COUNTER))),
                config(cpus).withSeed(seed)));
    }

    @Test
    void incrementsInTwoStepsDoLoseSome() {
        assertNotEquals(4 * ROUNDS, exit(workers(4, SmpTest::incrementInTwoSteps), config(4)),
                "or the other tests would prove nothing");
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "4, 7", "16, 9"})
    void spinlockExcludes(final int cpus, final long seed) {
        assertEquals(cpus * ROUNDS, exit(workers(cpus, SmpTest::lockAndIncrement), config(cpus).withSeed(seed)));
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "4, 7", "16, 9"})
    void ticketLockServesEverybody(final int cpus, final long seed) {
        assertEquals(cpus * ROUNDS, exit(workers(cpus, SmpTest::queueAndIncrement),
                config(cpus).withSeed(seed).withQuantum(60)));
    }

    @Test
    void producerAndConsumerShareARing() {
        final int slots = 16;
        assertEquals(ROUNDS * (ROUNDS + 1) / 2, exit(SmpGuest.of(c -> {
            final Label consumer = c.newLabel();
            c.mov(Reg32.EBX, 1);
            c.test(Reg32.EDI, Reg32.EDI);
            c.jcc(Cond.E, consumer);
            final Label full = c.here();
            c.pause();
            c.mov(Reg32.EAX, Reg32.EBX);
            c.sub(Reg32.EAX, Mem.absolute(TURN));
            c.cmp(Reg32.EAX, slots);
            c.jcc(Cond.A, full);
            c.mov(Reg32.ECX, Reg32.EBX);
            c.and(Reg32.ECX, slots - 1);
            c.mov(Mem.scaled(Reg64.RCX, Integer.BYTES, RING), Reg32.EBX);
            c.mov(Mem.absolute(LOCK), Reg32.EBX);
            c.inc(Reg32.EBX);
            c.cmp(Reg32.EBX, ROUNDS);
            c.jcc(Cond.BE, full);
            c.hlt();
            c.bind(consumer);
            c.xor(Reg32.EBP, Reg32.EBP);
            final Label empty = c.here();
            c.pause();
            c.cmp(Reg32.EBX, Mem.absolute(LOCK));
            c.jcc(Cond.A, empty);
            c.mov(Reg32.ECX, Reg32.EBX);
            c.and(Reg32.ECX, slots - 1);
            c.add(Reg32.EBP, Mem.scaled(Reg64.RCX, Integer.BYTES, RING));
            c.mov(Mem.absolute(TURN), Reg32.EBX);
            c.inc(Reg32.EBX);
            c.cmp(Reg32.EBX, ROUNDS);
            c.jcc(Cond.BE, empty);
            c.mov(Reg32.EAX, Reg32.EBP);
            Guest.exitWithEax(c);
        }), config(2)));
    }

    /** Two CPUs that wake each other by interrupt and halt in between. */
    private static Guest pingPong() {
        return SmpGuest.of(c -> {
            c.xor(Reg32.EBP, Reg32.EBP);
            final Label serve = c.newLabel();
            c.test(Reg32.EDI, Reg32.EDI);
            c.jcc(Cond.E, serve);
            c.lock().inc(Width.DWORD, Mem.absolute(DONE));
            final Label answer = c.here();
            c.sti();
            c.hlt();
            c.cli();
            send(c, 0);
            c.jmp(answer);
            c.bind(serve);
            SmpGuest.spinUntil(c, DONE, 1);
            final Label loop = c.here();
            send(c, 1);
            c.sti();
            c.hlt();
            c.cli();
            c.cmp(Reg32.EBP, ROUNDS);
            c.jcc(Cond.B, loop);
            c.mov(Reg32.EAX, Reg32.EBP);
            Guest.exitWithEax(c);
        }).handler(PING, c -> {
            c.inc(Reg32.EBP);
            Guest.apic(c, END_OF_INTERRUPT, 0);
            c.iretq();
        });
    }

    private static void send(final CodeBuilder c, final int cpu) {
        Guest.apic(c, 0x310, cpu << 24);
        Guest.apic(c, 0x300, PING);
    }

    @Test
    void interruptsBetweenCpusWakeEachOther() {
        final Guest guest = pingPong();
        try (Machine machine = guest.machine(MachineConfig.standard().withVcpus(2))) {
            assertEquals(new RunResult.Exited(ROUNDS), machine.run(Budget.steps(1_000_000)));
            assertTrue(machine.cycles() < ROUNDS * 100L,
                    "a CPU that is woken goes on at once, not a quantum later: cycles=" + machine.cycles());
        }
    }

    /** All CPUs race for the serial port. */
    private static Guest racers() {
        return workers(4, c -> {
            c.mov(Reg32.EAX, Reg32.EDI);
            c.add(Reg8.AL, 'a');
            SmpGuest.sendAl(c);
        });
    }

    private static String run(final Guest guest, final MachineConfig config, final long slice) {
        final EventDigest digest = new EventDigest();
        try (Machine machine = guest.machine(config)) {
            machine.addObserver(digest);
            RunResult result;
            do {
                result = machine.run(Budget.steps(slice));
            } while (result instanceof RunResult.BudgetSpent);
            return result + " " + digest.value() + " " + machine.instructions() + " " + machine.cycles() + " "
                    + guest.text();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0x1234_5678_9ABC_DEFL})
    void sameSeedGivesTheSameEventsAndBytes(final long seed) {
        final MachineConfig config = config(4).withSeed(seed);
        final String first = run(racers(), config, 1_000_000);
        assertEquals(first, run(racers(), config, 1_000_000));
        assertEquals(first, run(racers(), config, 1013), "wherever the run is cut");
    }

    @Test
    void otherSeedsGiveOtherRuns() {
        final Set<String> texts = new HashSet<>();
        for (long seed = 0; seed < 6; seed++) {
            final Guest guest = racers();
            exit(guest, config(4).withSeed(seed));
            assertEquals(4 * ROUNDS, guest.text().length());
            texts.add(guest.text());
        }
        assertTrue(texts.size() > 3, "different texts=" + texts.size());
    }

    @Test
    void observersChangeNothing() {
        final Guest observed = racers();
        final String digest = run(observed, config(4).withSeed(5), 1_000_000);
        final Guest alone = racers();
        try (Machine machine = alone.machine(config(4).withSeed(5))) {
            final RunResult result = machine.run(Budget.steps(20_000_000));
            assertTrue(digest.startsWith(result.toString()) && digest.endsWith(machine.instructions() + " "
                    + machine.cycles() + " " + alone.text()));
        }
    }

    @Test
    void everyCpuHaltingForEverEndsTheRun() {
        assertInstanceOf(RunResult.Halted.class, runToTheEnd(SmpGuest.of(CodeBuilder::hlt), 4));
        assertInstanceOf(RunResult.Halted.class, runToTheEnd(new Guest().program(CodeBuilder::hlt), 4),
                "CPUs that were never started wait for ever");
    }

    private static RunResult runToTheEnd(final Guest guest, final int cpus) {
        try (Machine machine = guest.machine(config(cpus))) {
            return machine.run(Budget.steps(1_000_000));
        }
    }

    @Test
    void tripleFaultOfAnyCpuNamesItAndWhatBeganIt() {
        final RunResult result = runToTheEnd(SmpGuest.of(c -> {
            final Label loop = c.here();
            c.pause();
            c.cmp(Reg32.EDI, 2);
            c.jcc(Cond.NE, loop);
            c.sub(Reg64.RSP, 16);
            c.mov(Width.QWORD, Mem.at(Reg64.RSP), 0);
            c.db(0x0F, 0x01, 0x1C, 0x24);
            c.ud2();
        }), 4);
        final RunResult.TripleFault fault = assertInstanceOf(RunResult.TripleFault.class, result, result.describe());
        assertEquals(2, fault.cpu());
        assertEquals("#UD", fault.first().name());
        assertTrue(fault.describe().startsWith("the guest triple-faulted on CPU 2: #UD at rip="), fault.describe());
        assertTrue(fault.chain().size() > 1, fault.describe());
    }

    @Test
    void timeOfACpuThatWaitsStandsStillUntilItIsWoken() {
        try (Machine machine = SmpGuest.of(c -> {
            final Label other = c.newLabel();
            c.test(Reg32.EDI, Reg32.EDI);
            c.jcc(Cond.NE, other);
            c.mov(Reg32.ECX, 100_000);
            final Label loop = c.here();
            c.dec(Reg32.ECX);
            c.jcc(Cond.NE, loop);
            send(c, 1);
            final Label wait = c.here();
            c.jmp(wait);
            c.bind(other);
            c.sti();
            c.hlt();
        }).handler(PING, c -> {
            c.rdtsc();
            Guest.exitWithEax(c);
        }).machine(MachineConfig.standard().withVcpus(2))) {
            final RunResult result = machine.run(Budget.steps(1_000_000));
            final int time = assertInstanceOf(RunResult.Exited.class, result).code();
            assertTrue(time > 200_000 && time < 201_000, "time=" + time);
        }
    }
}
