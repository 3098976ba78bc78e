package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.console.report.ProfiledCode;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.ResetPolicy;
import ringside.emulator.timing.TimingModel;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CodeProfiler;
import ringside.profiler.profile.CpuTime;
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
                new long[config.vcpus()]);
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
        final GuestImage image = GuestImage.parse("random", Linker.link(new LinkPlan(List.of(
            new Segment("program", 0x10_0000, 0x10_0000, Access.READ_EXECUTE, List.of(".text"))), "start", null),
            List.of(code.build("guest"))));
        profile(MachineConfig.standard().withVcpus(1 + seed % 3).withTiming(UNEVEN).withReset(ResetPolicy.REBOOT),
            image, 20_000);
    }

    @ParameterizedTest
    @EnumSource
    void bantamLeavesNoResidue(final Variant variant) {
        profile(MachineConfig.standard().withTiming(UNEVEN), Bantam.image(variant), 300_000);
    }
}
