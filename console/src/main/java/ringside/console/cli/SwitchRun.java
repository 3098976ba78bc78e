package ringside.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.fastpath.experiment.KernelMarks;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.profiler.profile.SwitchGroup;
import ringside.profiler.profile.SwitchProfiler;
import ringside.toolchain.image.GuestImage;

/**
 * A guest that ran, and its context switches.
 *
 * @param image  what ran
 * @param result what it ended with
 * @param model  name of the cycle model
 * @param groups the switches
 */
record SwitchRun(GuestImage image, RunResult result, String model, List<SwitchGroup> groups) {
    /**
     * {@return a run from its start to its end}
     *
     * @param config the machine
     * @param image  what it boots
     * @param from   a snapshot to begin with
     * @param budget steps at most
     * @param model  whose cycles to count; empty for the machine's own
     */
    static SwitchRun of(final MachineConfig config, final GuestImage image, final Optional<Path> from,
            final long budget, final Optional<Microarchitecture> model) {
        try (Machine machine = from.isEmpty() ? Machine.boot(config, image) : Machine.resume(config, image,
                SnapshotFile.read(from.get(), config.memory(), config.disks().size()))) {
            final long[] clocks = new long[config.vcpus()];
            final long[] roots = new long[config.vcpus()];
            for (int i = 0; i < clocks.length; i++) {
                clocks[i] = model.isPresent() ? 0 : machine.cycles(i);
                roots[i] = machine.cpu(i).read(CpuRegister.CR3);
            }
            final SwitchProfiler switches =
                new SwitchProfiler(KernelMarks.SWITCHES, image.probes(), clocks, roots);
            if (model.isEmpty()) {
                machine.addObserver(switches);
                return new SwitchRun(image, machine.run(Budget.steps(budget)), config.timing().id(),
                    switches.groups());
            }
            try (ProcessorModel processor = new ProcessorModel(model.get(), config.vcpus(), switches)) {
                final ModelledSource source = new ModelledSource(processor, image.probes());
                source.addObserver(switches);
                machine.addObserver(source);
                return new SwitchRun(image, machine.run(Budget.steps(budget)), processor.id(), switches.groups());
            }
        }
    }
}
