package ringside.profiler.profile;

import java.util.Objects;

/**
 * One kind of window: from the instruction at a probe, inclusive, to the instruction at another, exclusive.
 *
 * @param name   what results call it, e.g. {@code reply-recv}
 * @param opens  kind of the probe on the first instruction inside
 * @param closes kind of the probe on the first instruction after
 */
public record WindowSpec(String name, String opens, String closes) {
    /** Refuses a missing part. */
    public WindowSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(opens, "opens");
        Objects.requireNonNull(closes, "closes");
    }
}
