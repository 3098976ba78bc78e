package ringside.fastpath.lab;

import java.util.List;
import java.util.Optional;
import ringside.profiler.profile.CpuRound;
import ringside.profiler.profile.Trial;
import ringside.toolchain.image.GuestImage;

/**
 * One run, for those who look at single instructions.
 *
 * @param variant whose
 * @param point   at which parameters
 * @param image   what ran
 * @param ops     a round of the operation for each trial: the median one by the first model, or by the machine's own
 *                clock where there is no model
 */
public record LabVariant(String variant, Point point, GuestImage image, List<Op> ops) {
    /** Copies the list. */
    public LabVariant {
        ops = List.copyOf(ops);
    }

    /**
     * A round of the operation.
     *
     * @param trial in which
     * @param round with its instructions
     */
    public record Op(Trial trial, CpuRound round) {
    }

    /** {@return the operation in a trial, or in the first one} */
    public Optional<Op> op(final Optional<Trial> trial) {
        return ops.stream().filter(op -> trial.isEmpty() || op.trial.equals(trial.get())).findFirst();
    }
}
