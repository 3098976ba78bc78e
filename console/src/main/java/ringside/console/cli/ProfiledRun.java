package ringside.console.cli;

import java.nio.file.Path;
import java.util.Optional;
import ringside.console.report.ProfiledCode;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CodeProfiler;
import ringside.toolchain.image.GuestImage;

/**
 * A guest that ran, and where its cycles went.
 *
 * @param image   what ran
 * @param result  what it ended with
 * @param profile up to there
 */
record ProfiledRun(GuestImage image, RunResult result, CodeProfile profile) {
    /**
     * {@return a run from its start to its end}
     *
     * @param config the machine
     * @param image  what it boots
     * @param from   a snapshot to begin with
     * @param budget steps at most
     * @param calls  whether to follow calls
     */
    static ProfiledRun of(final MachineConfig config, final GuestImage image, final Optional<Path> from,
            final long budget, final boolean calls) {
        try (ProfiledCode code = ProfiledCode.of(image);
            Machine machine = from.isEmpty() ? Machine.boot(config, image)
                : Machine.resume(config, image,
                    SnapshotFile.read(from.get(), config.memory(), config.disks().size()))) {
            final long[] clocks = new long[config.vcpus()];
            final long[] roots = new long[config.vcpus()];
            for (int i = 0; i < clocks.length; i++) {
                clocks[i] = machine.cycles(i);
                roots[i] = machine.cpu(i).read(CpuRegister.CR3);
            }
            final CodeProfiler profiler = new CodeProfiler(code, image.probes(), calls, clocks, roots);
            machine.addObserver(profiler);
            final RunResult result = machine.run(Budget.steps(budget));
            return new ProfiledRun(image, result, profiler.profile(config.timing().id()));
        }
    }

    /** {@return whether the guest is done and says that all went well} */
    boolean fine() {
        return result.equals(new RunResult.Exited(0)) || result instanceof RunResult.PoweredOff;
    }
}
