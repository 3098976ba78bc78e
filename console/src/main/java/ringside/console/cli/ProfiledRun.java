package ringside.console.cli;

import java.nio.file.Path;
import java.util.Optional;
import ringside.console.report.ExportFormat;
import ringside.console.report.ProfiledCode;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventSource;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.profiler.export.PerfettoRecorder;
import ringside.profiler.model.CauseFeed;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CodeProfiler;
import ringside.toolchain.image.GuestImage;

/**
 * A guest that ran, and where its cycles went.
 *
 * @param image   what ran
 * @param result  what it ended with
 * @param profile up to there
 * @param trace   what happened when, if that was recorded
 */
record ProfiledRun(GuestImage image, RunResult result, CodeProfile profile, Optional<PerfettoRecorder> trace) {
    /**
     * {@return a run from its start to its end}
     *
     * @param config the machine
     * @param image  what it boots
     * @param from   a snapshot to begin with
     * @param budget steps at most
     * @param calls  whether to follow calls
     * @param trace  whether to record what happened when
     * @param model  whose cycles to count; empty for the machine's own
     */
    static ProfiledRun of(final MachineConfig config, final GuestImage image, final Optional<Path> from,
            final long budget, final boolean calls, final boolean trace, final Optional<Microarchitecture> model) {
        final Optional<CauseFeed> causes = model.map(_ -> new CauseFeed(config.vcpus()));
        try (ProcessorModel processor = model.map(make ->
                new ProcessorModel(make, config.vcpus(), causes.orElseThrow())).orElse(null);
            ProfiledCode code = ProfiledCode.of(image);
            Machine machine = from.isEmpty() ? Machine.boot(config, image)
                : Machine.resume(config, image,
                    SnapshotFile.read(from.get(), config.memory(), config.disks().size()))) {
            final long[] clocks = new long[config.vcpus()];
            final long[] roots = new long[config.vcpus()];
            for (int i = 0; i < clocks.length; i++) {
                clocks[i] = processor == null ? machine.cycles(i) : processor.cycle(i);
                roots[i] = machine.cpu(i).read(CpuRegister.CR3);
            }
            final CodeProfiler profiler = new CodeProfiler(code, image.probes(), calls, clocks, roots, causes);
            final Optional<ModelledSource> modelled = Optional.ofNullable(processor)
                .map(one -> new ModelledSource(one, image.probes()));
            final EventSource source = modelled.isPresent() ? modelled.get() : machine;
            source.addObserver(profiler);
            final Optional<PerfettoRecorder> recorder = trace
                ? Optional.of(new PerfettoRecorder(code, image.probes(), ExportFormat.ARROWS, clocks))
                : Optional.empty();
            recorder.ifPresent(source::addObserver);
            modelled.ifPresent(machine::addObserver);
            final RunResult result = machine.run(Budget.steps(budget));
            final String cycles = model.map(Microarchitecture::id).orElse(config.timing().id());
            return new ProfiledRun(image, result, profiler.profile(cycles), recorder);
        }
    }

    /** {@return whether the guest is done and says that all went well} */
    static boolean fine(final RunResult result) {
        return result.equals(new RunResult.Exited(0)) || result instanceof RunResult.PoweredOff;
    }
}
