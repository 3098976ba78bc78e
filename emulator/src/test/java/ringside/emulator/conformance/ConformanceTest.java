package ringside.emulator.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.device.virtio.DiskSource;
import ringside.emulator.device.virtio.MemoryDisk;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;

/** Our machine does what the golden results say: each program by itself, and all of them one behind another. */
class ConformanceTest {
    private static final Budget BUDGET_OF_ONE = Budget.steps(50_000_000);
    private static final Budget BUDGET_OF_ALL = Budget.steps(2_000_000_000);
    private static final int MOST_CPUS = 4;

    @TempDir
    private Path directory;

    private record Outcome(String serial, RunResult result) {
    }

    private static Outcome run(
            final String request, final int cpus, final Budget budget, final DiskSource disk) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final MachineConfig config = MachineConfig.standard().withSerial(serial::write).withVcpus(cpus)
                .withDisks(List.of(disk)).withCommandLine("run=" + request);
        try (Machine machine = Machine.boot(config, Suite.get().image())) {
            final RunResult result = machine.run(budget);
            return new Outcome(serial.toString(StandardCharsets.ISO_8859_1), result);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachProgramPrintsItsGoldenResult() {
        return Suite.get().programs().stream().map(program -> DynamicTest.dynamicTest(program.path(), () -> {
            final Outcome outcome = run(program.name(), program.cpus(), BUDGET_OF_ONE,
                    () -> new MemoryDisk(Suite.disk()));
            assertEquals(program.golden(), Transcript.of(outcome.serial()).texts().get(program.name()),
                    () -> outcome.result().describe());
            if (program.ends()) {
                assertEquals(program.fields().get("ends"), ending(outcome.result()));
            } else {
                assertEquals(new RunResult.Exited(0), outcome.result());
            }
        }));
    }

    @Test
    void noProgramSeesWhatTheOnesBeforeItLeft() throws IOException {
        final Path disk = Files.write(directory.resolve("disk.img"), Suite.disk());
        final Outcome outcome = run("all", MOST_CPUS, BUDGET_OF_ALL,
                new DiskImage(disk, DiskImage.Mode.WRITE_THROUGH));
        assertEquals(new RunResult.Exited(0), outcome.result());
        final Transcript transcript = Transcript.of(outcome.serial());
        assertTrue(transcript.done(), "the run comes to its end");
        final List<Program> programs = Suite.get().programs().stream().filter(program -> !program.ends()).toList();
        assertEquals(programs.stream().map(Program::name).toList(), List.copyOf(transcript.texts().keySet()));
        for (final Program program : programs) {
            assertEquals(program.golden(), transcript.texts().get(program.name()), program.path());
        }
        assertArrayEquals(Suite.diskAfterAll(), Files.readAllBytes(disk));
    }

    private static String ending(final RunResult result) {
        return switch (result) {
            case RunResult.TripleFault fault -> "triple fault";
            case RunResult.Exited exited -> "exit " + exited.code();
            case RunResult.Halted halted -> "halted for ever";
            default -> result.describe();
        };
    }
}
