package ringside.profiler.model;

/** One core, whatever is modelled of it: it gives each instruction a cost and keeps the clock that they add up to. */
sealed interface Pipeline permits Core, CacheClock {
    /** {@return its TLBs, and the page tables as far as they were told} */
    default Translations translations() {
        return memory().translations();
    }

    /** {@return its caches and its way to memory} */
    DataPath memory();

    /** {@return what goes on in place of this one and knows nothing of what it did but which pages there are} */
    Pipeline cold();

    /** {@return cycles since the start} */
    long cycle();

    /** {@return what the latest instruction's cost is due to} */
    Cause cause();

    /** {@return what the latest instruction cost} */
    long cost();

    /**
     * Follows one instruction.
     *
     * @param i        what it is
     * @param address  virtual
     * @param accesses what it and those behind it in its block did to memory
     * @return when it is done, for {@link #branch}
     */
    long step(Step i, long address, Accesses accesses);

    /**
     * Follows a block's first instructions.
     *
     * @param steps    the block
     * @param count    how many of it, at least 1
     * @param address  of the block, virtual
     * @param accesses what it did to memory
     * @param cpu      which this is
     * @param listener hears of each
     * @return when the last one is done
     */
    long follow(Step[] steps, int count, long address, Accesses accesses, int cpu, CostListener listener);

    /**
     * Where a branch goes is known now, before the next instruction.
     *
     * @param i       the branch, followed last
     * @param address of it, virtual
     * @param target  of the next instruction
     * @param done    as {@link #step} said
     */
    void branch(Step i, long address, long target, long done);

    /** Accesses that nothing waits for, but that leave their lines in the caches. */
    void touchAll(Accesses accesses, int count);

    /** Accesses of a string instruction that is followed later, up to the last; what they took is kept beside them. */
    void ahead(Accesses accesses);

    /** Time passes while nothing is executed: an exception's delivery, a halt. */
    void pass(long cycles, Cause reason);
}
