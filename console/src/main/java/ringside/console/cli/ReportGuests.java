package ringside.console.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ringside.console.gate.GateFile;
import ringside.console.gate.GatedImage;
import ringside.console.html.GuestFigures;
import ringside.console.html.GuestRings;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.experiment.Variant;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;
import ringside.fastpath.lab.Laboratory;
import ringside.fastpath.lab.Point;
import ringside.fastpath.lab.StandKind;
import ringside.fastpath.lab.VariantSpec;
import ringside.fastpath.view.KernelView;
import ringside.fastpath.view.RingHistory;
import ringside.kernel.abi.SystemCalls;
import ringside.kernel.build.KernelSources;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.SwitchGroup;
import ringside.toolchain.image.GuestImage;

/** The guests of a gate, each run as a whole: once for its profile, once for its switches, once for its rings. */
final class ReportGuests {
    private static final String BANTAM = "Bantam, " + Variant.FAST_ASM;
    private static final int MOST = 4;
    private static final int MOST_RINGS = 8;
    private static final long BUDGET = 10_000_000_000L;
    private static final String TELLS_OF_RINGS = "ring_push";

    private ReportGuests() {
    }

    static List<GuestFigures> of(final GateFile gate, final Progress progress) {
        final Optional<Microarchitecture> model = gate.models().stream().findFirst();
        final List<GuestFigures> guests = new ArrayList<>();
        if (gate.calls().isPresent()) {
            progress.begins("profiling Bantam");
            final GuestFigures bantam = figures(BANTAM, MachineConfig.standard(), bantam(gate), BUDGET, model);
            guests.add(new GuestFigures(bantam.name(), bantam.profile(), bantam.guest(), named(bantam.switches())));
        }
        for (final GatedImage gated : gate.images()) {
            if (guests.size() < MOST) {
                progress.begins("profiling " + gated.name());
                guests.add(figures(gated.name(), gated.machine().config(), GuestImage.read(gated.file()),
                    gated.budget(), model));
            }
        }
        return guests;
    }

    /** {@return the shared rings of Bantam and of experiments on it, at the first of their parameters} */
    static List<GuestRings> rings(final GateFile gate, final Progress progress) {
        final List<GuestRings> guests = new ArrayList<>();
        if (gate.calls().isPresent()) {
            progress.begins("rings of Bantam");
            guests.add(rings(BANTAM, MachineConfig.standard(), bantam(gate), BUDGET));
        }
        for (final String experiment : gate.experiments()) {
            final Declaration declaration = DeclarationReader.read(LabFiles.find(experiment));
            if (declaration.stand() == StandKind.BANTAM) {
                progress.begins("rings of " + declaration.name());
                final Point point = Laboratory.points(declaration).getFirst();
                for (final VariantSpec variant : declaration.variants()) {
                    final GuestImage image = Laboratory.image(declaration, variant.name(), point);
                    if (guests.size() < MOST_RINGS
                            && image.probes().stream().anyMatch(probe -> probe.kind().equals(TELLS_OF_RINGS))) {
                        guests.add(rings((declaration.name() + ", " + variant.name() + " " + point).strip(),
                            declaration.machine().at(point).config(), image, declaration.budget()));
                    }
                }
            }
        }
        return guests;
    }

    private static GuestImage bantam(final GateFile gate) {
        try (BantamImages images = BantamImages.open(
                gate.kernel().map(KernelSources::directory).orElseGet(KernelSources::bundled))) {
            return images.build(Variant.FAST_ASM);
        }
    }

    private static GuestFigures figures(final String name, final MachineConfig config, final GuestImage image,
            final long budget, final Optional<Microarchitecture> model) {
        final ProfiledRun run = ProfiledRun.of(config, image, Optional.empty(), budget, true, false, model);
        return new GuestFigures(name, run.profile(), new ProfiledGuest(image.name(), image.sha256(),
            Version.current(), address -> image.lines().at(address)),
            SwitchRun.of(config, image, Optional.empty(), budget, model).groups());
    }

    /** System calls have their names beside their numbers, which are Bantam's. */
    private static List<SwitchGroup> named(final List<SwitchGroup> groups) {
        final Map<String, String> names = SystemCalls.all().stream().collect(Collectors.toMap(call -> "[syscall "
            + call.number() + "]", call -> "[syscall " + call.number() + ", " + call.constant() + "]"));
        return groups.stream().map(group -> new SwitchGroup(group.cpu(),
            names.getOrDefault(group.entry(), group.entry()), group.toIdle(), group.cycles(), group.parts())).toList();
    }

    /** What the kernel's own probes tell; an image of others may lie about where things are. */
    private static GuestRings rings(
            final String name, final MachineConfig config, final GuestImage image, final long budget) {
        try (Machine machine = Machine.boot(config, image)) {
            final RingHistory history = new RingHistory(image, new KernelView(image, machine.cpu().memory()));
            machine.addObserver(history);
            machine.run(Budget.steps(budget));
            return new GuestRings(name, history.events());
        }
    }
}
