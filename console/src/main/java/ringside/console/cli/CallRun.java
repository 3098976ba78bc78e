package ringside.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import ringside.console.report.ProfiledCode;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.fastpath.experiment.KernelMarks;
import ringside.profiler.model.CostListener;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.profiler.profile.CallCount;
import ringside.profiler.profile.CallCounter;
import ringside.toolchain.image.GuestImage;

/**
 * A guest that ran, and its system calls.
 *
 * @param image  what ran
 * @param result what it ended with
 * @param model  name of the cycle model
 * @param counts the calls
 */
record CallRun(GuestImage image, RunResult result, String model, List<CallCount> counts) {
    private static final CostListener NOBODY = (cpu, address, cycles, cause) -> { };

    /**
     * {@return a run from its start to its end}
     *
     * @param config the machine
     * @param image  what it boots
     * @param from   a snapshot to begin with
     * @param budget steps at most
     * @param model  whose cycles to count; empty for the machine's own
     * @throws WrongUseException if the image has no probes that tell of system calls
     */
    static CallRun of(final MachineConfig config, final GuestImage image, final Optional<Path> from,
            final long budget, final Optional<Microarchitecture> model) {
        try (ProfiledCode code = ProfiledCode.of(image)) {
            final CallCounter counter =
                new CallCounter(KernelMarks.CALLS, code, image.probes(), config.vcpus());
            if (!counter.known()) {
                throw new WrongUseException("--calls: " + image.name() + " has no probes " + KernelMarks.CALLS.result()
                    + " and context_switch, which tell of system calls");
            }
            try (Machine machine = from.isEmpty() ? Machine.boot(config, image) : Machine.resume(config, image,
                    SnapshotFile.read(from.get(), config.memory(), config.disks().size()))) {
                if (model.isEmpty()) {
                    machine.addObserver(counter);
                    return new CallRun(image, machine.run(Budget.steps(budget)), config.timing().id(),
                        counter.counts());
                }
                try (ProcessorModel processor = new ProcessorModel(model.get(), config.vcpus(), NOBODY)) {
                    final ModelledSource source = new ModelledSource(processor, image.probes());
                    source.addObserver(counter);
                    machine.addObserver(source);
                    return new CallRun(image, machine.run(Budget.steps(budget)), processor.id(), counter.counts());
                }
            }
        }
    }
}
