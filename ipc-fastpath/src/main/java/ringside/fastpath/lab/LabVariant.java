package ringside.fastpath.lab;

import java.util.List;
import ringside.profiler.profile.CpuRound;
import ringside.profiler.profile.Trial;
import ringside.toolchain.image.GuestImage;

/**
 * One run, for those who look at single instructions.
 *
 * @param variant whose
 * @param point   at which parameters
 * @param image   what ran
 * @param instructions that all CPUs retired in the whole run
 * @param ops     a round of the operation for each trial: the median one by the first model, or by the machine's own
 *                clock where there is no model
 */
public record LabVariant(String variant, Point point, GuestImage image, long instructions, List<Op> ops) {
    /** Copies the list. */
    public LabVariant {
        ops = List.copyOf(ops);
    }

    /**
     * A round of the operation.
     *
     * @param point at which parameters, the numbers that name the trial among them
     * @param trial in which
     * @param round with its instructions
     */
    public record Op(Point point, Trial trial, CpuRound round) {
    }
}
