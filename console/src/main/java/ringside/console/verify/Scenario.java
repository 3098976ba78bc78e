package ringside.console.verify;

import java.util.Objects;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.MachineConfig;
import ringside.toolchain.image.GuestImage;

/**
 * A run that can be repeated: everything that it depends on.
 *
 * @param image    what is booted
 * @param config   the machine; its serial sink and input source are not used
 * @param input    what comes in
 * @param budget   steps at most, at least 1
 * @param interval steps between two checks, at least 1
 */
public record Scenario(GuestImage image, MachineConfig config, InputLog input, long budget, long interval) {
    /** Refuses a scenario of nothing. */
    public Scenario {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(input, "input");
        if (budget < 1 || interval < 1) {
            throw new IllegalArgumentException("at least one step: budget=" + budget + " interval=" + interval);
        }
    }
}
