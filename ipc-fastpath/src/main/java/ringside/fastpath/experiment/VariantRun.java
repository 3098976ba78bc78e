package ringside.fastpath.experiment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.profiler.profile.WindowProfile;
import ringside.profiler.profile.WindowProfiler;
import ringside.toolchain.image.GuestImage;

/**
 * One image, run to its end on a machine of its own.
 *
 * @param variant which
 * @param image   what ran
 * @param model   name and version of the cycle model
 * @param console all that it printed
 * @param windows what was measured in it
 */
public record VariantRun(
        Variant variant, GuestImage image, String model, String console, List<WindowProfile> windows) {
    /** Many times what the guest needs; only a guest that does not end spends it. */
    static final long BUDGET = 1_000_000_000;
    static final long SLICE = 100_000;
    private static final String LAST_LINE = "bantam: done\n";

    /** Copies the list. */
    public VariantRun {
        Objects.requireNonNull(variant, "variant");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(console, "console");
        windows = List.copyOf(windows);
    }

    /**
     * Boots an image and measures it while it runs.
     *
     * @param variant what the image is
     * @param image   what runs
     * @param memory  whether to observe data accesses; without them footprints are empty and all else is the same
     * @return the run
     * @throws GuestFailedException if the guest did not end well
     * @throws ringside.profiler.profile.UnstableProfileException if rounds of a path differ
     */
    public static VariantRun of(final Variant variant, final GuestImage image, final boolean memory) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final MachineConfig config = MachineConfig.standard().withSerial(serial::write);
        final WindowProfiler profiler =
                new WindowProfiler(IpcWindows.PLAN, image.probes(), image.symbols()::format, memory);
        try (Machine machine = Machine.boot(config, image)) {
            machine.addObserver(profiler);
            final RunResult result = run(machine, profiler);
            final String console = serial.toString(StandardCharsets.ISO_8859_1);
            requireGoodEnd(variant, result, console);
            return new VariantRun(variant, image, config.timing().id(), console, profiler.profile());
        }
    }

    /** What follows the last trial is run at full speed: nothing measures it. */
    private static RunResult run(final Machine machine, final WindowProfiler profiler) {
        RunResult result = new RunResult.BudgetSpent(0);
        long steps = 0;
        while (result instanceof RunResult.BudgetSpent && steps < BUDGET && profiler.ended() < IpcWindows.TRIALS) {
            result = machine.run(Budget.steps(SLICE));
            steps += SLICE;
        }
        machine.removeObserver(profiler);
        return result instanceof RunResult.BudgetSpent ? machine.run(Budget.steps(BUDGET)) : result;
    }

    static void requireGoodEnd(final Variant variant, final RunResult result, final String console) {
        final boolean good = result instanceof RunResult.Exited(final int code) && code == 0;
        if (!good || !console.endsWith(LAST_LINE)) {
            throw new GuestFailedException(variant + ": " + result.describe() + GuestEnd.lastWords(console));
        }
    }
}
