package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.console.report.ProfiledCode;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.ResetPolicy;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.timing.TimingModel;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.model.Cause;
import ringside.profiler.model.CauseFeed;
import ringside.profiler.model.CostListener;
import ringside.profiler.model.FixedCost;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CodeProfiler;
import ringside.profiler.profile.CpuTime;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;

/** The sums of a profile are the machine's clocks, whatever ran. */
class ProfilePropertyTest {
    private static final TimingModel UNEVEN = new TimingModel() {
        @Override
        public String id() {
            return "uneven-1";
        }

        @Override
        public int cycles(final long address, final int length) {
            return 1 + (int) (address & 7) * length;
        }
    };

    private static void profile(final MachineConfig config, final GuestImage image, final long budget) {
        try (ProfiledCode code = ProfiledCode.of(image); Machine machine = Machine.boot(config, image)) {
            final CodeProfiler profiler = new CodeProfiler(code, image.probes(), true, new long[config.vcpus()],
                new long[config.vcpus()], Optional.empty());
            machine.addObserver(profiler);
            for (long done = 0; done < budget; done += 1009) {
                machine.run(Budget.steps(1009));
            }
            final CodeProfile profile = profiler.profile(config.timing().id());
            long clocks = 0;
            for (final CpuTime time : profile.cpus()) {
                assertEquals(machine.cycles(time.cpu()), time.end(), time::toString);
                assertEquals(0, time.residue(), time::toString);
                clocks += time.end();
            }
            assertEquals(clocks, profile.routines().stream().mapToLong(Share::cycles).sum());
            assertEquals(clocks, profile.tree().orElseThrow().totalCycles());
            assertEquals(machine.instructions(), profile.totalInstructions());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void randomGuestsLeaveNoResidue(final int seed) {
        profile(MachineConfig.standard().withVcpus(1 + seed % 3).withTiming(UNEVEN).withReset(ResetPolicy.REBOOT),
            random(seed), 20_000);
    }

    private static GuestImage random(final int seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        for (int i = 0; i < 2000; i++) {
            // Half of it plausible: calls and returns, halts, short jumps, pushes.
            if (random.nextBoolean()) {
                code.db(random.nextInt(256));
            } else {
                switch (random.nextInt(6)) {
                    case 0 -> code.db(0xE8, random.nextInt(128), 0, 0, 0);
                    case 1 -> code.db(0xC3);
                    case 2 -> code.db(0x74, random.nextInt(100));
                    case 3 -> code.db(0x50 + random.nextInt(8));
                    case 4 -> code.db(0x90);
                    default -> code.db(0xF4);
                }
            }
        }
        return GuestImage.parse("random", Linker.link(new LinkPlan(List.of(
            new Segment("program", 0x10_0000, 0x10_0000, Access.READ_EXECUTE, List.of(".text"))), "start", null),
            List.of(code.build("guest"))));
    }

    @ParameterizedTest
    @EnumSource
    void bantamLeavesNoResidue(final Variant variant) {
        profile(MachineConfig.standard().withTiming(UNEVEN), Bantam.image(variant), 300_000);
    }

    /** The same, with the cycles of a processor's model in place of the machine's. */
    private static List<Long> modelled(final MachineConfig config, final GuestImage image, final long budget,
            final long slice) {
        return modelled(config, image, budget, slice, false, (_, _, _, _) -> { });
    }

    private static List<Long> modelled(final MachineConfig config, final GuestImage image, final long budget,
            final long slice, final boolean throughSnapshots, final CostListener costs) {
        final CauseFeed feed = new CauseFeed(config.vcpus());
        final CostListener both = (cpu, address, cycles, cause) -> {
            feed.cost(cpu, address, cycles, cause);
            costs.cost(cpu, address, cycles, cause);
        };
        Machine machine = Machine.boot(config, image);
        try (ProcessorModel model = new ProcessorModel(Microarchitecture.named("zen4"), config.vcpus(), both);
            ProfiledCode code = ProfiledCode.of(image)) {
            final ModelledSource source = new ModelledSource(model, image.probes());
            final CodeProfiler profiler = new CodeProfiler(code, image.probes(), true, new long[config.vcpus()],
                new long[config.vcpus()], Optional.of(feed));
            source.addObserver(profiler);
            machine.addObserver(source);
            RunResult result = null;
            while (machine.steps() < budget && (result == null || result instanceof RunResult.BudgetSpent)) {
                result = machine.run(Budget.steps(Math.min(slice, budget - machine.steps())));
                if (throughSnapshots) {
                    final Snapshot snapshot = machine.snapshot();
                    machine.close();
                    machine = Machine.resume(config, image, snapshot);
                    machine.addObserver(source);
                }
            }
            final CodeProfile profile = profiler.profile(model.id());
            final List<Long> clocks = new ArrayList<>();
            for (final CpuTime time : profile.cpus()) {
                assertEquals(model.cycle(time.cpu()), time.end(), time::toString);
                assertEquals(0, time.residue(), time::toString);
                clocks.add(time.end());
            }
            assertEquals(clocks.stream().mapToLong(Long::longValue).sum(),
                profile.routines().stream().mapToLong(Share::cycles).sum());
            assertEquals(machine.instructions(), profile.totalInstructions());
            causesAddUp(profile);
            return clocks;
        } finally {
            machine.close();
        }
    }

    /** Instructions by cause, deliveries and waits are each CPU's clock; so is every roll-up. */
    private static void causesAddUp(final CodeProfile profile) {
        for (final CpuTime time : profile.cpus()) {
            final CauseCycles executed = profile.instructions().stream().filter(cost -> cost.cpu() == time.cpu())
                .map(InstructionCost::causes).reduce(CauseCycles.NONE, CauseCycles::plus);
            assertEquals(time.instructionCycles(), executed.total());
            assertEquals(time.end() - time.start(), executed.total() + time.deliveryCycles() + time.idleCycles());
        }
        profile.instructions().forEach(cost -> assertEquals(cost.cycles(), cost.causes().total(), cost::toString));
        final CauseCycles all = profile.causes();
        assertEquals(profile.totalCycles(), all.total());
        // The first instruction behind either is fetched late because of it.
        final CauseCycles executed = profile.instructions().stream().map(InstructionCost::causes)
            .reduce(CauseCycles.NONE, CauseCycles::plus);
        assertEquals(profile.idleCycles(), all.of(Cause.IDLE) - executed.of(Cause.IDLE));
        assertEquals(profile.cpus().stream().mapToLong(CpuTime::deliveryCycles).sum(),
            all.of(Cause.EVENT) - executed.of(Cause.EVENT));
        for (final List<Share> shares : List.of(profile.routines(), profile.phases(), profile.entries(),
                profile.spaces(), profile.byCpu(), profile.threads())) {
            shares.forEach(share -> assertEquals(share.cycles(), share.causes().total(), share::toString));
            assertEquals(all, shares.stream().map(Share::causes)
                .reduce(CauseCycles.NONE, CauseCycles::plus));
        }
        assertEquals(all, causes(profile.tree().orElseThrow()));
    }

    private static CauseCycles causes(final CallNode node) {
        assertEquals(node.cycles(), node.causes().total(), node::name);
        return node.children().stream().map(ProfilePropertyTest::causes).reduce(node.causes(), CauseCycles::plus);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void modelsCyclesLeaveNoResidueAndAreTheSameHoweverTheRunIsCut(final int seed) {
        final MachineConfig config = MachineConfig.standard().withVcpus(1 + seed % 3).withReset(ResetPolicy.REBOOT);
        final GuestImage image = random(seed);
        assertEquals(modelled(config, image, 20_000, 20_000), modelled(config, image, 20_000, 1009));
    }

    @ParameterizedTest
    @EnumSource
    void modelLeavesNoResidueOfBantam(final Variant variant) {
        final MachineConfig config = MachineConfig.standard();
        assertEquals(modelled(config, Bantam.image(variant), 60_000, 60_000),
            modelled(config, Bantam.image(variant), 60_000, 777));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void translationsTakeTheSameCyclesHoweverTheRunIsCut(final boolean keeps) {
        final MachineConfig config = MachineConfig.standard();
        final GuestImage image = PagingGuest.image(keeps, 200);
        final long[] walks = new long[1];
        final List<Long> whole = modelled(config, image, 200_000, 200_000, false,
            (_, _, cycles, cause) -> walks[0] += cause == Cause.TLB ? cycles : 0);
        assertTrue(walks[0] > whole.getFirst() / 40, "cycles of walks=" + walks[0] + " of " + whole);
        assertEquals(whole, modelled(config, image, 200_000, 1009));
        assertEquals(whole, modelled(config, image, 200_000, 9973, true, (_, _, _, _) -> { }));
    }

    @ParameterizedTest
    @EnumSource
    void modelOfBantamTakesTheSameCyclesThroughSnapshots(final Variant variant) {
        final MachineConfig config = MachineConfig.standard();
        assertEquals(modelled(config, Bantam.image(variant), 60_000, 60_000),
            modelled(config, Bantam.image(variant), 60_000, 7919, true, (_, _, _, _) -> { }));
    }

    @Test
    void spaceThatKeepsItsTranslationsIsCheaperByTheWriteAndByTheWalks() {
        final Map<Cause, Long> keeping = causes(true);
        final Map<Cause, Long> dropping = causes(false);
        final var costs = Microarchitecture.named("zen4").hardware().orElseThrow();
        final long writes = 200L * (costs.cost(FixedCost.CR3_FLUSH).cycles() - costs.cost(FixedCost.CR3_KEEP).cycles());
        assertEquals(writes, dropping.get(Cause.SERIAL) - keeping.get(Cause.SERIAL), writes / 4.0 + 1000);
        assertTrue(2 * keeping.get(Cause.TLB) < dropping.get(Cause.TLB), keeping + " " + dropping);
    }

    private static Map<Cause, Long> causes(final boolean keeps) {
        final Map<Cause, Long> causes = new EnumMap<>(Cause.class);
        modelled(MachineConfig.standard(), PagingGuest.image(keeps, 200), 300_000, 300_000, false,
            (_, _, cycles, cause) -> causes.merge(cause, cycles, Long::sum));
        return causes;
    }
}
