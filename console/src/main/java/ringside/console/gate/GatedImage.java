package ringside.console.gate;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A kernel with paths under gate.
 *
 * @param name    first word of its paths' names
 * @param file    the image
 * @param machine that it boots in
 * @param budget  guest instructions at most
 * @param ends    whether it has to end by itself and well; otherwise a spent budget and a halt are ends as well
 * @param warmUp  rounds of each path that do not count
 * @param paths   at least one
 */
public record GatedImage(String name, Path file, GatedMachine machine, long budget, boolean ends, int warmUp,
        List<GatedPath> paths) {
    /** Copies the list. */
    public GatedImage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(machine, "machine");
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

    /** {@return the files that it begins with: the image, modules and disks} */
    Stream<Path> inputs() {
        return Stream.concat(Stream.of(file), machine.inputs());
    }
}
