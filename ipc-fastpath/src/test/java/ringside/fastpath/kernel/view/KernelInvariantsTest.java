package ringside.fastpath.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.fastpath.view.KernelView;
import ringside.toolchain.image.GuestImage;

/** The rules for the kernel's memory hold while all of Bantam's own programs run, at either level. */
class KernelInvariantsTest {
    private static final int USER_LEVEL = 3;
    private static final int PAUSE = 40_000;

    @ParameterizedTest
    @EnumSource(Variant.class)
    void holdWheneverAProgramRuns(final Variant variant) {
        final GuestImage image;
        try (BantamImages images = BantamImages.open()) {
            image = images.build(variant);
        }
        final Random random = new Random(1);
        int looks = 0;
        int looksAtLevel0 = 0;
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            final KernelView view = new KernelView(image, machine.cpu().memory());
            KernelInvariants invariants = null;
            RunResult result = machine.run(Budget.steps(1));
            while (result instanceof RunResult.BudgetSpent) {
                final boolean user = machine.cpu().read(CpuRegister.CPL) == USER_LEVEL;
                if (user || invariants != null && machine.cpu().read(CpuRegister.RIP) > 0) {
                    invariants = invariants == null ? new KernelInvariants(view, 1) : invariants;
                    assertEquals(List.of(), invariants.check(), "at step " + machine.steps());
                    looks++;
                    looksAtLevel0 += user ? 0 : 1;
                    result = machine.run(Budget.steps(1 + random.nextInt(PAUSE)));
                } else {
                    result = machine.run(Budget.steps(1 + random.nextInt(PAUSE / 1000)));
                }
            }
            assertEquals(new RunResult.Exited(0), result);
        }
        assertTrue(looks > 100, "looks: " + looks);
        assertTrue(looksAtLevel0 > 0, "looks at a program in kernel mode: " + looksAtLevel0);
    }
}
