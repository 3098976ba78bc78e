package ringside.console.gate;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A script of the console that has to go through.
 *
 * @param file  the script
 * @param image what it is about; empty for Bantam
 */
public record GatedScript(Path file, Optional<Path> image) {
    /** Refuses missing parts. */
    public GatedScript {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(image, "image");
    }
}
