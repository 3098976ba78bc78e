package ringside.fastpath.interleave;

import java.util.Optional;

/**
 * A lock: a PUT takes it and a TAKE gives it back, by who has it. A PUT with result 0 is an attempt that failed.
 *
 * @param holder the CPU that has it, or -1
 */
public record MutualExclusion(int holder) implements SequentialModel {
    private static final int FREE = -1;

    /** Nobody has it. */
    public MutualExclusion() {
        this(FREE);
    }

    @Override
    public Optional<SequentialModel> after(final Operation operation) {
        if (operation.kind() == PUT) {
            if (operation.result() == 0) {
                return holder == FREE ? Optional.empty() : Optional.of(this);
            }
            return holder == FREE ? Optional.of(new MutualExclusion(operation.cpu())) : Optional.empty();
        }
        return holder == operation.cpu() ? Optional.of(new MutualExclusion()) : Optional.empty();
    }

    @Override
    public String describe() {
        return holder == FREE ? "free" : "held by CPU " + holder;
    }
}
