package ringside.console.gate;

import java.util.Objects;

/**
 * A path that is under gate and has no numbers: its places are not in the image, or the run never took it.
 *
 * @param name of it
 * @param why  it has none, as a command ends that cannot do without
 */
public record UnmeasuredPath(String name, RuntimeException why) {
    /** Refuses missing parts. */
    public UnmeasuredPath {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(why, "why");
    }
}
