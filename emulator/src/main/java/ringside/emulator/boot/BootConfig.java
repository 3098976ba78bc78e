package ringside.emulator.boot;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.toolchain.image.BootProtocol;

/**
 * What a loader needs to know beside the image.
 *
 * @param commandLine handed to the kernel; ASCII, shorter than a page
 * @param modules     files handed to the kernel, in this order
 * @param protocol    which; empty for the best one that the image offers
 * @param cpus        how many the tables tell of
 */
public record BootConfig(String commandLine, List<BootModule> modules, Optional<BootProtocol> protocol, int cpus) {
    /** Refuses a machine without CPUs. */
    public BootConfig {
        Objects.requireNonNull(commandLine, "commandLine");
        Objects.requireNonNull(protocol, "protocol");
        modules = List.copyOf(modules);
        if (cpus < 1) {
            throw new IllegalArgumentException("a machine has a CPU: cpus=" + cpus);
        }
    }
}
