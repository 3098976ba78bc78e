package ringside.emulator.machine;

import java.util.List;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;

/**
 * Whose turn it is: vCPUs run one after the other on the host's one thread, in rounds.
 *
 * <pre>
 *   time ──►  | round                | round                |
 *   vCPU 0    |======== runs ========|                      |
 *   vCPU 1    |=== runs, HLT ·········(interrupt) ==========|
 * </pre>
 *
 * <p>In a round each vCPU that can run does so until its own time reaches the round's end, a quantum after the start.
 * One that runs alone has no end but what could wake another; when it does wake one, its round ends a quantum later.
 * When all wait, time jumps to what ends a wait first.
 *
 * <p>The order within a round is drawn from the seed. Everything here depends on guest time alone, so where a run is
 * cut into budgets makes no difference.
 */
final class Scheduler implements Stateful {
    private final long quantum;
    private final int[] order;
    private Platform platform;
    private List<Vcpu> vcpus = List.of();
    private long random;
    private final boolean shuffles;
    private int turn;
    private long roundEnd;
    private long otherSteps;
    private long limit;
    private long stepsOfOthers;
    private Vcpu current;
    private boolean exact;
    private boolean within;
    private boolean loading;
    private long stepsAtStart;
    private RunResult ended;

    Scheduler(final MachineConfig config) {
        quantum = config.quantum();
        random = config.seed();
        shuffles = config.seed() != 0;
        order = new int[config.vcpus()];
        turn = order.length;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /** Says who takes turns, and on which board; the list is filled before anybody runs. */
    void connect(final Platform board, final List<Vcpu> all) {
        platform = board;
        vcpus = all;
    }

    /** {@return the vCPU that runs now, or {@code null}} */
    Vcpu current() {
        return current;
    }

    boolean isCurrent(final Vcpu vcpu) {
        return current == vcpu;
    }

    /** {@return the time: that of who runs, otherwise the platform's} */
    long now() {
        return current != null ? current.cycles() : platform.now();
    }

    long otherSteps() {
        return otherSteps;
    }

    /** Counts a step that is no instruction. */
    void step() {
        otherSteps++;
    }

    long steps() {
        if (current != null) {
            return stepsOfOthers + current.steps() + otherSteps;
        }
        long sum = otherSteps;
        for (final Vcpu vcpu : vcpus) {
            sum += vcpu.steps();
        }
        return sum;
    }

    boolean isSpent() {
        return steps() >= limit;
    }

    /** Ends the run: for good, or as the owner of the machine decides. */
    void end(final RunResult result) {
        if (ended == null) {
            ended = result;
            if (current != null) {
                current.engine().stop();
            }
        }
    }

    /** Takes back the step in which the run ended because no input came. */
    void askAgain() {
        ended = null;
        otherSteps--;
    }

    /** {@return why the run ended, or {@code null}} */
    RunResult ended() {
        return ended;
    }

    /** {@return the latest cycle at which a vCPU that runs must be asked: the round's end, or the budget's} */
    long attention(final Vcpu vcpu) {
        if (ended != null) {
            return 0;
        }
        final long left = limit - steps() - (exact ? CpuEngine.LONGEST_BLOCK - 1 : 0);
        final long budgetEnd = vcpu.cycles() + Math.max(0, left);
        return Math.min(roundEnd, budgetEnd < 0 ? CycleClock.NEVER : budgetEnd);
    }

    boolean mustStop(final Vcpu vcpu) {
        return ended != null || isSpent() || vcpu.cycles() >= roundEnd || exact && mightGoTooFar();
    }

    /** {@return whether the next block may be one too long} The first block of a run is as short as it must be. */
    private boolean mightGoTooFar() {
        return steps() > stepsAtStart && limit - steps() < CpuEngine.LONGEST_BLOCK;
    }

    /** A deadline of the platform's may have changed. */
    void timesChanged() {
        if (current != null) {
            current.schedule();
        }
    }

    /** The 8259s' output, to every CPU's pin 0. */
    void externalInterrupt(final boolean level) {
        for (final Vcpu vcpu : vcpus) {
            vcpu.apic().pin(0, level);
        }
    }

    /** {@return whether some CPU hears the 8259s} */
    boolean hearsExternal() {
        return vcpus.stream().anyMatch(vcpu -> vcpu.apic().wiredThrough());
    }

    /** Sets whether states are being taken up: what the parts say to each other then is of two different times. */
    void loading(final boolean yes) {
        loading = yes;
    }

    boolean isLoading() {
        return loading;
    }

    /** {@return the vCPU whose turn it is, or that has the next one} */
    Vcpu next() {
        return vcpus.get(turn < order.length ? order[turn] : order[0]);
    }

    /** A vCPU that waited goes on: whoever runs alone shares again. */
    void woke() {
        if (current != null) {
            roundEnd = Math.min(roundEnd, current.cycles() + quantum);
            current.schedule();
        }
    }

    /**
     * Runs until the end or the limit.
     *
     * @param steps all steps since boot at which to stop
     * @return why it ended, or {@code null} at the limit
     */
    RunResult run(final long steps) {
        limit = steps;
        while (ended == null && !isSpent()) {
            if (turn == order.length) {
                beginRound();
            } else {
                takeTurn(vcpus.get(order[turn]));
            }
        }
        return ended;
    }

    /**
     * Runs one vCPU while the others stand still, whoever's turn it is; the turns go on from where they were. A budget
     * may end within a block: near its end blocks run one by one, the last one cut to what is left.
     *
     * @param vcpu  which
     * @param steps all steps since boot at which to stop
     * @return why it ended, or {@code null} at the limit or when the vCPU waits
     */
    RunResult runOnly(final Vcpu vcpu, final long steps) {
        final long round = roundEnd;
        limit = steps;
        roundEnd = CycleClock.NEVER;
        exact = true;
        try {
            while (ended == null && !isSpent() && vcpu.isRunning()) {
                stepsAtStart = steps();
                vcpu.engine().limitFirstBlock((int) Math.min(limit - stepsAtStart, CpuEngine.LONGEST_BLOCK));
                execute(vcpu);
            }
            return ended;
        } finally {
            roundEnd = round;
            exact = false;
        }
    }

    /**
     * Runs the first instructions of the next block, whoever's it is.
     *
     * @param instructions fewer than the block has
     * @return why it ended, or {@code null} behind them
     */
    RunResult runWithin(final int instructions) {
        within = true;
        try {
            return run(steps() + instructions);
        } finally {
            within = false;
        }
    }

    private void takeTurn(final Vcpu vcpu) {
        if (vcpu.isReadyBefore(roundEnd)) {
            if (within) {
                vcpu.engine().limitFirstBlock((int) Math.min(limit - steps(), CpuEngine.LONGEST_BLOCK));
            }
            execute(vcpu);
        } else {
            turn++;
        }
    }

    private void execute(final Vcpu vcpu) {
        stepsOfOthers = steps() - otherSteps - vcpu.steps();
        current = vcpu;
        try {
            vcpu.run();
        } finally {
            current = null;
        }
    }

    private void beginRound() {
        int running = 0;
        long start = CycleClock.NEVER;
        long wakeOfOthers = CycleClock.NEVER;
        for (final Vcpu vcpu : vcpus) {
            if (vcpu.isRunning()) {
                running++;
                start = Math.min(start, vcpu.cycles());
            } else {
                wakeOfOthers = Math.min(wakeOfOthers, vcpu.nextWake());
            }
        }
        if (running == 0) {
            idle(wakeOfOthers);
            return;
        }
        final long shared = start + quantum;
        roundEnd = running == 1 ? Math.max(shared, wakeOfOthers) : shared;
        shuffle();
        turn = 0;
    }

    // Nobody runs: only an event can wake somebody, and input only when there is no other.
    private void idle(final long ownWake) {
        final boolean heard = isHeard();
        final long wake = Math.min(ownWake, platform.nextWake(heard));
        if (wake == CycleClock.NEVER) {
            final long latest = vcpus.stream().mapToLong(Vcpu::cycles).max().orElse(0);
            if (!platform.pollIdle(heard, latest)) {
                end(new RunResult.Halted(vcpus.getFirst().rip()));
            }
            step();
            return;
        }
        platform.advanceTo(wake);
        platform.fireDue();
        step();
        roundEnd = wake + quantum;
        shuffle();
        turn = 0;
    }

    /** {@return whether some CPU that waits takes interrupts} */
    boolean isHeard() {
        return vcpus.stream().anyMatch(v -> v.state() == Vcpu.State.HALTED && v.takesInterrupts());
    }

    // Fisher and Yates, with numbers from SplitMix64.
    private void shuffle() {
        if (shuffles) {
            for (int i = order.length - 1; i > 0; i--) {
                final int other = (int) Long.remainderUnsigned(draw(), i + 1);
                final int swapped = order[i];
                order[i] = order[other];
                order[other] = swapped;
            }
        }
    }

    private long draw() {
        random += 0x9E37_79B9_7F4A_7C15L;
        long mixed = (random ^ random >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }

    @Override
    public void save(final StateWriter out) {
        out.section("scheduler").i64(random).i32(turn).i64(roundEnd).i64(otherSteps);
        for (final int vcpu : order) {
            out.u8(vcpu);
        }
        ResultState.save(out, ended);
    }

    @Override
    public void load(final StateReader in) {
        in.section("scheduler");
        random = in.i64();
        turn = in.i32(0, order.length);
        roundEnd = in.i64(0, CycleClock.NEVER);
        otherSteps = in.i64(0, StateReader.MOST_COUNT);
        int seen = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = in.u8();
            seen |= order[i] < order.length ? 1 << order[i] : 0;
        }
        if (seen != (1 << order.length) - 1) {
            throw in.refused("every vCPU takes one turn in a round");
        }
        ended = ResultState.load(in);
    }
}
