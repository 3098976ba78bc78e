package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;

/** The guest of the speed benchmark runs to its end, counted and not, so that the benchmark can be trusted to start. */
class SpeedGuestTest {
    @Test
    void benchmarkGuestEndsWellWithAndWithoutCounting() throws IOException {
        for (final MachineConfig config : new MachineConfig[] {
            MachineConfig.standard(), MachineConfig.standard().withoutCounting()}) {
            try (Machine machine = Machine.boot(config, SpeedGuest.image())) {
                assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(1_000_000_000)));
            }
        }
    }
}
