package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.replay.Divergence;
import ringside.profiler.replay.Recording;
import ringside.profiler.replay.Replay;
import ringside.profiler.trace.Trace;
import ringside.toolchain.image.GuestImage;

/** Recordings of many guests and orders of vCPUs come again in every state hash. */
class ReplaySeedsTest {
    private static final int SEEDS = Integer.getInteger("ringside.replay.seeds", 6);

    @TempDir
    private Path directory;

    /** Bytes that come at odd times, also to a guest that does not wait. */
    private static InputSource typist(final long seed, final String text) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] next = {0};
        return (_, idle) -> {
            if (next[0] == text.length()) {
                return InputSource.END;
            }
            return idle || random.nextInt(4) == 0 ? text.charAt(next[0]++) : InputSource.NOTHING;
        };
    }

    private int replayed(final MachineConfig config, final GuestImage image, final InputSource source,
            final boolean events, final String what) {
        final Path file = directory.resolve("seed.trace");
        final InputRecorder recorder = new InputRecorder(source);
        try (Machine machine = Machine.boot(config.withInput(recorder), image);
                Recording recording = Recording.begin(machine, recorder, file,
                    new Recording.Plan("test", Optional.empty(), List.of(), 30_000, events))) {
            recording.run(200_000, () -> true);
        }
        final Trace trace = Trace.read(file);
        try (Machine machine = Machine.boot(config.withInput(trace.input().replay()), image)) {
            final Replay replay = new Replay(trace, machine);
            final Optional<Divergence> found = replay.verify(Long.MAX_VALUE);
            assertEquals(Optional.empty(), found, what);
            assertEquals(trace.stretches().size(), replay.checkpoints(), what);
            return replay.checkpoints();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void recordingsOfPlausibleGuestsComeAgainInEveryStateHash(final int cpus)
            throws ReflectiveOperationException, IOException {
        int checkpoints = 0;
        try (PlausibleGuests guests = PlausibleGuests.open()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                final MachineConfig config = MachineConfig.standard().withVcpus(cpus).withQuantum(500).withSeed(seed);
                checkpoints += replayed(config, guests.image(seed, cpus), InputSource.NONE, seed % 2 == 0,
                    "seed=" + seed);
            }
        }
        assertTrue(checkpoints > SEEDS, "checkpoints=" + checkpoints);
    }

    @Test
    void recordingsOfBantamOnFourCpusComeAgainInEveryOrderOfThemAndWithTheirInput() {
        final GuestImage image = Bantam.image(Variant.FAST_ASM, true);
        int checkpoints = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            final MachineConfig config = MachineConfig.standard().withVcpus(4).withSeed(seed).withQuantum(
                1000 + 1000 * (seed % 7)).withCommandLine("shell");
            checkpoints += replayed(config, image, typist(seed, "echo seed\nps\nexit\n"), seed % 3 == 0,
                "seed=" + seed);
        }
        assertTrue(checkpoints >= 3 * SEEDS, "checkpoints=" + checkpoints);
    }
}
