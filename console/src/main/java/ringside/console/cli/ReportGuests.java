package ringside.console.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import ringside.console.gate.GateFile;
import ringside.console.gate.GatedImage;
import ringside.console.html.GuestFigures;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.experiment.Variant;
import ringside.fastpath.view.KernelView;
import ringside.fastpath.view.RingHistory;
import ringside.kernel.build.KernelSources;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.model.Microarchitecture;
import ringside.toolchain.image.GuestImage;

/** The guests of a gate, each run as a whole: once for its profile, once for its switches, once for its rings. */
final class ReportGuests {
    private static final int MOST = 4;
    private static final long BUDGET = 10_000_000_000L;

    private ReportGuests() {
    }

    static List<GuestFigures> of(final GateFile gate, final Progress progress) {
        final Optional<Microarchitecture> model = gate.models().stream().findFirst();
        final List<GuestFigures> guests = new ArrayList<>();
        if (gate.calls().isPresent()) {
            progress.begins("profiling Bantam");
            final GuestImage image;
            try (BantamImages images = BantamImages.open(
                    gate.kernel().map(KernelSources::directory).orElseGet(KernelSources::bundled))) {
                image = images.build(Variant.FAST_ASM);
            }
            guests.add(figures("Bantam, " + Variant.FAST_ASM, MachineConfig.standard(), image, BUDGET, model,
                rings(MachineConfig.standard(), image)));
        }
        for (final GatedImage gated : gate.images()) {
            if (guests.size() < MOST) {
                progress.begins("profiling " + gated.name());
                MachineConfig config = MachineConfig.standard().withMemory(gated.memory()).withVcpus(gated.cpus())
                    .withSeed(gated.seed()).withCommandLine(gated.append());
                if (gated.boot().isPresent()) {
                    config = config.withBoot(gated.boot().get());
                }
                guests.add(figures(gated.name(), config, GuestImage.read(gated.file()), gated.budget(), model,
                    new LinkedHashMap<>()));
            }
        }
        return guests;
    }

    private static GuestFigures figures(final String name, final MachineConfig config, final GuestImage image,
            final long budget, final Optional<Microarchitecture> model,
            final SequencedMap<Long, List<RingHistory.Event>> rings) {
        final ProfiledRun run = ProfiledRun.of(config, image, Optional.empty(), budget, true, false, model);
        return new GuestFigures(name, run.profile(), new ProfiledGuest(image.name(), image.sha256(),
            Version.current(), address -> image.lines().at(address)),
            SwitchRun.of(config, image, Optional.empty(), budget, model).groups(), rings);
    }

    /** What the kernel's own probes tell; an image of others may lie about where things are. */
    private static SequencedMap<Long, List<RingHistory.Event>> rings(
            final MachineConfig config, final GuestImage image) {
        try (Machine machine = Machine.boot(config, image)) {
            final RingHistory history = new RingHistory(image, new KernelView(image, machine.cpu().memory()));
            machine.addObserver(history);
            machine.run(Budget.steps(BUDGET));
            return history.events();
        }
    }
}
