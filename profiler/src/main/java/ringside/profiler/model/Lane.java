package ringside.profiler.model;

import java.util.Arrays;

/** One vCPU's part of the stream: the code it knows, the accesses of the block at hand, the branch that is open. */
final class Lane {
    private static final int FIRST_CODES = 1 << 10;

    private final int number;
    private Pipeline core;
    private final Microarchitecture.Hardware make;
    private final CostListener listener;
    private BlockCode[] codes = new BlockCode[FIRST_CODES];
    private final Accesses accesses = new Accesses();
    /** The machine's own clock at the last event. */
    private long machine;
    /** The branch that was followed last, while it is not known where it goes. */
    private Step branch;
    private long branchAddress;
    private long branchDone;
    private boolean afterEvent;

    Lane(final int number, final Pipeline core, final Microarchitecture.Hardware make, final CostListener listener) {
        this.number = number;
        this.core = core;
        this.make = make;
        this.listener = listener;
    }

    long cycle() {
        return core.cycle();
    }

    CoreContents contents() {
        return core.memory().contents();
    }

    void coldStart() {
        core = core.cold();
    }

    void code(final int which, final BlockCode code) {
        if (which >= codes.length) {
            codes = Arrays.copyOf(codes, Math.max(2 * codes.length, which + 1));
        }
        codes[which] = code;
    }

    BlockCode code(final int which) {
        return codes[which];
    }

    void access(final long physical, final int bytes, final boolean write, final long page) {
        accesses.add(physical, bytes, write, page);
        if (accesses.isFull()) {
            accesses.toTail();
            core.ahead(accesses);
            accesses.dropTail();
        }
    }

    Translations translations() {
        return core.translations();
    }

    /** The machine's own clock is at a cycle. */
    void at(final long cycle) {
        machine = cycle;
    }

    /** It waited up to a cycle of the machine's clock. */
    void idle(final long cycle) {
        core.pass(cycle - machine, Cause.IDLE);
        machine = cycle;
    }

    /** A block of code is about to be followed. */
    void begin(final BlockCode code, final int instructions) {
        resolve(code.address());
        if (afterEvent) {
            afterEvent = false;
            leaveOut(code, instructions);
        }
    }

    /** What the CPU itself read and wrote to deliver an event is no instruction's. */
    private void leaveOut(final BlockCode code, final int instructions) {
        int own = 0;
        for (int i = 0; i < instructions; i++) {
            final StaticInstruction one = code.instructions()[i];
            if (one.has(Trait.REPEATED)) {
                return;
            }
            own += one.loads() + one.stores();
        }
        core.touchAll(accesses, accesses.left() - own);
    }

    /** Follows its first instructions. */
    void follow(final BlockCode code, final int instructions, final long address) {
        final Step[] steps = code.steps();
        final long done = core.follow(steps, instructions, address, accesses, number, listener);
        await(steps[instructions - 1], address + steps[instructions - 1].offset, done);
    }

    /** Follows one instruction of it. */
    void step(final Step one, final long address) {
        final long done = core.step(one, address, accesses);
        listener.cost(number, address, core.cost(), core.cause());
        await(one, address, done);
    }

    /** Only the last one of a block may be a branch. */
    private void await(final Step one, final long address, final long done) {
        if (one.branches()) {
            branch = one;
            branchAddress = address;
            branchDone = done;
        }
    }

    /** A block ended, or was cut: what a string instruction behind the cut did is kept until that is followed. */
    void end(final BlockCode code, final int instructions) {
        if (instructions < code.steps().length && code.steps()[instructions].what.has(Trait.REPEATED)) {
            accesses.keepRest();
            core.translations().dropAll();
        } else {
            end();
        }
    }

    private void end() {
        if (!accesses.isEmpty()) {
            core.touchAll(accesses, accesses.left());
        }
        accesses.clear();
        core.translations().dropAll();
    }

    private void resolve(final long target) {
        if (branch != null) {
            core.branch(branch, branchAddress, target, branchDone);
            branch = null;
        }
    }

    /** An exception or interrupt is delivered; one that an instruction is for has been paid by it. */
    void event(final FixedCost cost, final long rip) {
        final boolean own = branch != null && branch.flow == Flow.FAR && cost == FixedCost.EXCEPTION_ENTRY;
        resolve(rip);
        end();
        if (!own) {
            core.pass(make.cost(cost).cycles(), Cause.EVENT);
        }
        afterEvent = true;
    }
}
