package ringside.emulator.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import ringside.emulator.device.virtio.MemoryDisk;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;

/** Every behaviour of the suite is the same when the run changes its machine again and again, wherever it then is. */
class SnapshotConformanceTest {
    private static final long BUDGET = 50_000_000;
    private static final int CHANGES = 60;
    /** A disk's request is on its way for a few instructions only. */
    private static final int CHANGES_WITH_DISK = 1500;

    private record Outcome(String text, String result, long steps, String state) {
        static Outcome of(final Machine machine, final RunResult result, final ByteArrayOutputStream text) {
            return new Outcome(text.toString(StandardCharsets.ISO_8859_1), result.describe(), machine.steps(),
                    machine.stateHash());
        }
    }

    private static Machine boot(final Program program, final ByteArrayOutputStream text) {
        return Machine.boot(MachineConfig.standard().withSerial(text::write).withVcpus(program.cpus())
                .withDisks(List.of(() -> new MemoryDisk(Suite.disk()))).withCommandLine("run=" + program.name()),
                Suite.get().image());
    }

    private static Outcome straight(final Program program) {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (Machine machine = boot(program, text)) {
            return Outcome.of(machine, machine.run(Budget.steps(BUDGET)), text);
        }
    }

    /** One machine takes up what the other one left, in turn. */
    private static Outcome changing(final Program program, final long every) {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (Machine one = boot(program, text); Machine other = boot(program, text)) {
            Machine machine = one;
            RunResult result;
            do {
                result = machine.run(Budget.steps(Math.min(every, BUDGET - machine.steps())));
                final Machine next = machine == one ? other : one;
                next.restore(machine.snapshot());
                machine = next;
            } while (result instanceof RunResult.BudgetSpent && machine.steps() < BUDGET);
            return Outcome.of(machine, result, text);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachProgramGoesOnOnAnotherMachine() {
        return Suite.get().programs().stream().map(program -> DynamicTest.dynamicTest(program.path(), () -> {
            final Outcome expected = straight(program);
            final int changes = program.path().contains("disk") ? CHANGES_WITH_DISK : CHANGES;
            assertEquals(expected, changing(program, Math.max(1, expected.steps() / changes)));
        }));
    }
}
