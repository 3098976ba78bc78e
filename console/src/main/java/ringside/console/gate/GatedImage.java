package ringside.console.gate;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.toolchain.image.BootProtocol;

/**
 * A kernel with paths under gate.
 *
 * @param name    first word of its paths' names
 * @param file    the image
 * @param append  the command line that it is handed
 * @param boot    how it is booted; empty for what it offers
 * @param memory  bytes of RAM
 * @param cpus    how many
 * @param seed    of their order
 * @param budget  guest instructions at most
 * @param ends    whether it has to end by itself and well; otherwise a spent budget and a halt are ends as well
 * @param warmUp  rounds of each path that do not count
 * @param paths   at least one
 */
public record GatedImage(String name, Path file, String append, Optional<BootProtocol> boot, long memory, int cpus,
        long seed, long budget, boolean ends, int warmUp, List<GatedPath> paths) {
    /** Copies the list. */
    public GatedImage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(append, "append");
        Objects.requireNonNull(boot, "boot");
        paths = List.copyOf(paths);
    }

    /**
     * A stretch of code: from one instruction, inclusive, to the next execution of another, exclusive, on the same CPU.
     *
     * @param name second word of its name
     * @param from a symbol, a symbol and an offset, or an address, e.g. {@code syscall_entry+0x4}
     * @param to   where it ends, whichever comes first
     */
    public record GatedPath(String name, String from, List<String> to) {
        /** Copies the list. */
        public GatedPath {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(from, "from");
            to = List.copyOf(to);
        }
    }
}
