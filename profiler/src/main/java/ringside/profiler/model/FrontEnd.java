package ringside.profiler.model;

/**
 * Delivers instructions in program order: so many slots a cycle, a taken branch ends a cycle's delivery, code that is
 * in no near cache is late, and after a mispredicted branch nothing comes until that branch has been done.
 *
 * <p>The distance between fetch and dispatch is part of the cost of a misprediction and of nothing else.
 */
final class FrontEnd {
    private static final int LINE_SHIFT = 6;
    private static final int PAGE_SHIFT = 12;
    private static final long PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    /** Code whose physical address nobody told goes by its virtual one, and is kept apart. */
    private static final long VIRTUAL = 1L << 56;
    private static final long VIRTUAL_MASK = VIRTUAL - 1;

    /** Cycles that it may be ahead of dispatch: what the queue between them holds, as assumed for all makes. */
    private static final int AHEAD = 16;

    private final DataPath memory;
    private final BranchPredictor conditions;
    private final TargetPredictor targets;
    private final ReturnStack returns;
    private final Cache decoded;
    private final Cache known;
    private final Microarchitecture.FrontEnd make;
    private final Microarchitecture.Branches costs;
    private final int windowShift;

    private long cycle;
    private int slots;
    private int branches;
    private int width;
    private long line = -1;
    /** The fetch cycle of the last call or return. */
    private long lastCall;
    /** Whether the latest indirect branch went where it went every time. */
    private boolean same;
    private Cause cause = Cause.WIDTH;

    FrontEnd(final Microarchitecture.Hardware make, final DataPath memory) {
        this.memory = memory;
        this.make = make.frontEnd();
        costs = make.branches();
        conditions = new BranchPredictor(costs.bimodal(), costs.tagged(), costs.tagBits(),
                costs.histories().stream().mapToInt(Integer::intValue).toArray());
        targets = new TargetPredictor(costs.indirect());
        returns = new ReturnStack(costs.returnStack());
        known = new Cache(costs.targets(), costs.targetWays());
        decoded = new Cache(this.make.cacheOps() / this.make.lineOps(), this.make.cacheWays());
        windowShift = Integer.numberOfTrailingZeros(this.make.cacheWindow());
        width = this.make.cachedOps();
    }

    /** {@return where code is, given its page's frame, or a negative one where nobody told} */
    static long physical(final long virtual, final long frame) {
        return frame < 0 ? virtual & VIRTUAL_MASK | VIRTUAL : frame << PAGE_SHIFT | virtual & PAGE_MASK;
    }

    /** {@return why what was delivered last came no earlier} */
    Cause cause() {
        return cause;
    }

    /**
     * {@return the cycle in which an instruction is delivered}
     *
     * @param address virtual
     * @param needs   slots
     * @param branch  whether it is one
     */
    long deliver(final long address, final int needs, final boolean branch) {
        if (address >>> windowShift != line) {
            enter(address >>> windowShift);
        }
        if (slots + needs > width && slots > 0 || branch && branches == make.branches()) {
            next(1, cause == Cause.MISPREDICT || cause == Cause.CODE_MISS || cause == Cause.TLB ? cause : Cause.WIDTH);
        }
        slots += needs;
        branches += branch ? 1 : 0;
        return cycle;
    }

    private void next(final long cycles, final Cause why) {
        cycle += cycles;
        slots = 0;
        branches = 0;
        cause = why;
    }

    private void enter(final long to) {
        line = to;
        final long physical = translate(to << windowShift);
        final long window = physical >>> windowShift;
        if (decoded.use(window)) {
            width = make.cachedOps();
            return;
        }
        decoded.fill(window, 0);
        width = make.decode();
        final long there = memory.fetch(physical >>> LINE_SHIFT, cycle);
        if (there > cycle) {
            next(there - cycle, Cause.CODE_MISS);
        }
    }

    private long translate(final long virtual) {
        final Translations translations = memory.translations();
        final long known = translations.code(virtual >> PAGE_SHIFT, cycle);
        if (known > cycle) {
            next(known - cycle, Cause.TLB);
        }
        return physical(virtual, translations.frame());
    }

    /** The core took an instruction in a cycle: fetching is never further ahead than its queue reaches. */
    void taken(final long dispatched) {
        if (cycle < dispatched - AHEAD) {
            next(dispatched - AHEAD - cycle, Cause.WIDTH);
        }
    }

    /**
     * A branch was delivered, and where it goes is known.
     *
     * @param flow    its kind
     * @param address of the branch, virtual
     * @param behind  of the instruction behind it
     * @param target  of the next instruction
     * @param done    the cycle in which it is done
     */
    void branch(final Flow flow, final long address, final long behind, final long target, final long done) {
        final boolean taken = flow != Flow.CONDITIONAL || target != behind;
        int cost = 0;
        int corrected = 0;
        switch (flow) {
            case CONDITIONAL -> {
                cost = conditions.branch(address, taken) ? 0 : costs.missConditional();
                corrected = switch (conditions.late()) {
                    case 0 -> 0;
                    case 1 -> costs.corrected();
                    default -> costs.correctedLate();
                };
            }
            case INDIRECT_JUMP, INDIRECT_CALL -> {
                same = targets.sameAsEver(address, target);
                cost = targets.branch(address, target) ? 0 : costs.missIndirect();
            }
            case RETURN -> cost = returned(address, target) ? 0 : costs.missReturn();
            default -> { }
        }
        if (flow == Flow.CALL || flow == Flow.INDIRECT_CALL) {
            returns.call(behind);
        }
        if (taken) {
            targets.taken(target);
            line = -1;
        }
        if (cost != 0) {
            if (done + cost > cycle) {
                next(done + cost - cycle, Cause.MISPREDICT);
            }
            if (taken && !known.has(address)) {
                known.fill(address, 0);
            }
        } else if (taken) {
            int late = takenCost(flow) + corrected;
            if (!known.use(address)) {
                known.fill(address, 0);
                late += costs.missTarget();
            }
            next(late, Cause.FRONT_END);
        } else if (corrected > 0) {
            next(corrected, Cause.FRONT_END);
        }
    }

    // Where the stack of returns is empty a return is predicted as any indirect branch.
    private boolean returned(final long address, final long target) {
        final long predicted = returns.returns();
        final boolean known = targets.branch(address, target);
        return predicted == 0 ? known : predicted == target;
    }

    private int takenCost(final Flow flow) {
        return switch (flow) {
            case CALL -> costs.taken() + behindCall();
            case RETURN -> costs.takenCall() + behindCall();
            case INDIRECT_JUMP -> same ? costs.taken() : costs.takenIndirect();
            case INDIRECT_CALL -> (same ? costs.taken() : costs.takenIndirect()) + behindCall();
            default -> costs.taken();
        };
    }

    /** {@return how long a call or return has to wait for the one before it} */
    private int behindCall() {
        final int wait = (int) Math.max(0, lastCall + costs.takenCall() - cycle);
        lastCall = cycle + wait;
        return wait;
    }

    /** Nothing is delivered before a cycle. */
    void restart(final long from, final Cause why) {
        line = -1;
        if (from > cycle) {
            next(from - cycle, why);
        }
    }
}
