package ringside.fastpath.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The name of one measured path. As text {@code fast-asm/cross/0/call}, and {@code fast-asm/null-syscall} for the
 * null system call, which has neither space nor words; so have signals.
 *
 * @param experiment what is done
 * @param variant    by which image
 * @param space      {@link Space#SAME} for a single system call
 * @param words      message registers, 0 for a single system call
 * @param direction  {@link Direction#ROUND_TRIP} for a single system call
 */
public record PathKey(Experiment experiment, Variant variant, Space space, int words, Direction direction) {
    /** Message lengths that the bench program tries. */
    public static final List<Integer> WORDS = List.of(0, 4);

    /** Refuses a missing part. */
    public PathKey {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(variant, "variant");
        Objects.requireNonNull(space, "space");
        Objects.requireNonNull(direction, "direction");
    }

    /**
     * {@return the path of the null system call}
     *
     * @param variant which image
     */
    public static PathKey nullSyscall(final Variant variant) {
        return single(Experiment.NULL_SYSCALL, variant);
    }

    /**
     * {@return the path of a single system call}
     *
     * @param experiment of {@link Experiment#SINGLE}
     * @param variant    which image
     */
    public static PathKey single(final Experiment experiment, final Variant variant) {
        return new PathKey(experiment, variant, Space.SAME, 0, Direction.ROUND_TRIP);
    }

    /**
     * {@return a path of an IPC call}
     *
     * @param variant   which image
     * @param space     where the partner lives
     * @param words     message registers
     * @param direction which way
     */
    public static PathKey call(
            final Variant variant, final Space space, final int words, final Direction direction) {
        return new PathKey(Experiment.CALL, variant, space, words, direction);
    }

    /** {@return every path there is, in the order of results} */
    public static List<PathKey> all() {
        final List<PathKey> keys = new ArrayList<>();
        for (final Experiment experiment : Experiment.SINGLE) {
            for (final Variant variant : Variant.values()) {
                keys.add(single(experiment, variant));
            }
        }
        for (final Space space : Space.values()) {
            for (final int words : WORDS) {
                for (final Variant variant : Variant.values()) {
                    for (final Direction direction : Direction.values()) {
                        keys.add(call(variant, space, words, direction));
                    }
                }
            }
        }
        return keys;
    }

    /**
     * Reads a name as {@link #toString} writes it.
     *
     * @param text e.g. {@code slow/same/4/reply-recv}
     * @return the path
     * @throws IllegalArgumentException if no path has that name; the message says how names are made
     */
    public static PathKey parse(final String text) {
        return all().stream().filter(key -> key.toString().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such path: path=" + text + "; a path is "
                        + join(Variant.values()) + " / " + join(Space.values()) + " / "
                        + String.join("|", WORDS.stream().map(String::valueOf).toList()) + " / "
                        + join(Direction.values()) + ", e.g. fast-asm/cross/0/call, or VARIANT / "
                        + join(Experiment.SINGLE.toArray())));
    }

    private static String join(final Object[] values) {
        return String.join("|", Arrays.stream(values).map(Object::toString).toList());
    }

    @Override
    public String toString() {
        return Experiment.SINGLE.contains(experiment)
                ? variant + "/" + experiment
                : variant + "/" + space + "/" + words + "/" + direction;
    }
}
