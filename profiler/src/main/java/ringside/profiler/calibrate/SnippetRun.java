package ringside.profiler.calibrate;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;

/**
 * Runs a snippet at level 3 of an emulated machine: one call to warm up, one that counts, on the data as the first call
 * left them. Pages have 4 KiB, as those that the host maps for a snippet.
 */
public final class SnippetRun {
    /** RAM of the machine. */
    static final long MEMORY = 32L << 20;
    private static final long MOST_STEPS = 4_000_000_000L;

    private SnippetRun() {
    }

    /**
     * {@return what the second call did}
     *
     * @param snippet    to run
     * @param warmUp     iterations of the first call, at least 1
     * @param iterations of the second call, at least 2
     * @throws CalibrationException when the snippet faults, never ends, or leaves its data and its stack
     */
    public static EmulatedRun of(final Snippet snippet, final long warmUp, final long iterations) {
        return run(snippet, Optional.empty(), warmUp, iterations);
    }

    /**
     * Runs a snippet and tells an observer of the second call, from the snippet's first instruction to its RET: the
     * instructions, blocks and memory accesses of level 3, the return address's read included. Physical addresses are
     * the virtual ones here.
     *
     * @param snippet    to run
     * @param observer   hears of it
     * @param warmUp     iterations of the first call, at least 1
     * @param iterations of the second call, at least 2
     * @return what the second call did
     * @throws CalibrationException when the snippet faults, never ends, or leaves its data and its stack
     */
    public static EmulatedRun observe(final Snippet snippet, final MachineObserver observer, final long warmUp,
            final long iterations) {
        return run(snippet, Optional.of(observer), warmUp, iterations);
    }

    private static EmulatedRun run(final Snippet snippet, final Optional<MachineObserver> observer, final long warmUp,
            final long iterations) {
        if (warmUp < 1 || iterations < 2) {
            throw new IllegalArgumentException("a run warms up once at least and counts two iterations: warmUp="
                    + warmUp + " iterations=" + iterations);
        }
        final SecondCall call = new SecondCall(snippet, observer);
        final MachineConfig config = MachineConfig.standard().withMemory(MEMORY);
        try (Machine machine = Machine.boot(config, Gate.image(snippet, warmUp, iterations))) {
            machine.addObserver(call);
            final RunResult result = machine.run(Budget.steps(MOST_STEPS));
            if (!(result instanceof RunResult.Exited)) {
                throw new CalibrationException("snippet " + snippet.name() + ": " + result.describe());
            }
            call.requireInside();
            final MemorySegment memory = machine.cpu().memory();
            final long[] registers = new long[16];
            MemorySegment.copy(memory, ValueLayout.JAVA_LONG, Stage.FRAME + Stage.REGISTERS, registers, 0,
                    registers.length);
            final byte[] data = new byte[snippet.data().length];
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, Stage.DATA, data, 0, data.length);
            return new EmulatedRun(new Outcome(registers, data), call.instructions(), call.perIteration());
        }
    }
}
