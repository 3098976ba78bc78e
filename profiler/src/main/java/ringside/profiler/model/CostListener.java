package ringside.profiler.model;

/** Hears what each instruction cost and why, before observers hear of the instruction itself. */
public interface CostListener {
    /** Nobody. */
    CostListener NONE = (_, _, _, _) -> { };

    /**
     * An instruction was followed by the model.
     *
     * @param cpu     vCPU
     * @param address virtual
     * @param cycles  it cost: how much later than the one before it it retired, 0 or more
     * @param cause   of these cycles
     */
    void cost(int cpu, long address, long cycles, Cause cause);
}
