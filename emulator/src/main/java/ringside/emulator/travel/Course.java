package ringside.emulator.travel;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.HostWrite;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;

/**
 * A machine in its history: where it stands, how it goes to a place at once, and how it runs on from one. Ways and
 * searches are made of these.
 */
final class Course {
    /**
     * Steps between two looks whether somebody asked to stop, where nobody listens: a millisecond, and a tenth of
     * a second of a guest that does little but fault. Where a run is cut makes no difference to it.
     */
    static final long PATIENCE = 1_000_000;
    /** The same where somebody listens: a tenth of a second where all is told. */
    static final long LISTENED = 100_000;

    private final History history;
    private final Machine machine;
    private final Trail trail;
    private final Edits edits = new Edits();
    /** Bytes of memory that each of edits and input may take before the past is forgotten to make room. */
    private final long share;
    private final BitSet written = new BitSet();
    private long writtenSince;
    /** The beginning of the block within which the machine stands, {@code null} where it stands between blocks. */
    private Place within;
    /** Where the block that begins at {@code within}, or where the machine stands, ends; -1 if not known. */
    private long blockEnd = -1;
    private int blockCpu;
    private long farthest;
    private Optional<RunResult> ended = Optional.empty();
    private Consumer<Edit> crossed = edit -> { };
    private volatile boolean interrupted;

    Course(final Machine machine, final History history, final Trail trail, final long share) {
        this.machine = machine;
        this.history = history;
        this.trail = trail;
        this.share = share;
        addRegular();
    }

    Machine machine() {
        return machine;
    }

    Trail trail() {
        return trail;
    }

    History history() {
        return history;
    }

    Edits edits() {
        return edits;
    }

    /** {@return bytes of memory that all that is kept takes, about} */
    long memory() {
        return trail.bytes() + edits.memory() + history.memory();
    }

    Position position() {
        return new Position(machine.steps(), nextCpu());
    }

    /** {@return the vCPU that takes the next step} */
    int nextCpu() {
        if (ended.isEmpty()) {
            knowBlock();
        }
        return ended.isEmpty() ? blockCpu : machine.turn();
    }

    Optional<RunResult> ended() {
        return ended;
    }

    long farthest() {
        return Math.max(farthest, machine.steps());
    }

    /** Has the way that is being walked end soon; from any thread. */
    void interrupt() {
        interrupted = true;
    }

    void clearInterrupt() {
        interrupted = false;
    }

    boolean takeInterrupt() {
        final boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /** Sets who is told of each edit that is passed, behind it. */
    void onEdit(final Consumer<Edit> listener) {
        crossed = listener;
    }

    /** {@return the place where the machine stands, between blocks} */
    Place here() {
        written.or(machine.written());
        return new Place(machine.snapshot(), history.said().count(), history.heard());
    }

    /** {@return the beginning of the block within which the machine stands, or where it stands between blocks} */
    Place begin() {
        return within == null ? here() : within;
    }

    /** Leaves the block for its beginning, if the machine stands in one. */
    void settle() {
        if (within != null) {
            go(within);
        }
    }

    /** Goes back, or forth, to a place at once. */
    void go(final Place place) {
        machine.restore(place.snapshot());
        history.said().at(place.said());
        written.clear();
        writtenSince = place.steps();
        stand();
    }

    private void stand() {
        within = null;
        blockEnd = -1;
        ended = machine.ended();
    }

    /** Goes at once to where the machine stood, within a block or at its beginning. */
    void goBackTo(final Place begin, final long step) {
        go(begin);
        if (step > begin.steps()) {
            look(begin, step, -1);
        }
    }

    /**
     * Shows a place within a block.
     *
     * @return whether there is such a place; if not, the machine stands nowhere that is one, and has to be sent on
     */
    boolean look(final Place begin, final long step, final long end) {
        go(begin);
        return lookOn(begin, step, end);
    }

    /** Shows a place within the block at whose beginning the machine stands, as {@link #look} does. */
    boolean lookOn(final Place begin, final long step, final long end) {
        final RunResult result = machine.runWithin((int) (step - begin.steps()));
        within = begin;
        blockEnd = end;
        blockCpu = machine.turn();
        return result instanceof RunResult.BudgetSpent && machine.steps() == step;
    }

    /** Says where the block ends that begins where the machine stands, and who takes it. */
    void know(final long end, final int cpu) {
        blockEnd = end;
        blockCpu = cpu;
    }

    /** The block in which the machine stands may end elsewhere than it was said. */
    void forgetBlockEnd() {
        blockEnd = -1;
    }

    /** {@return the end of the block in which the machine stands, or that begins there} */
    long blockEnd() {
        knowBlock();
        return blockEnd;
    }

    /** Finds out who takes the next block, and where it ends; the machine stands where it stood. */
    private void knowBlock() {
        if (blockEnd >= 0) {
            return;
        }
        final long here = machine.steps();
        final Place begin = begin();
        if (within != null) {
            go(begin);
        }
        final long known = farthest;
        final NextBlock next = NextBlock.of(this);
        farthest = known;
        goBackTo(begin, here);
        blockEnd = next.end();
        blockCpu = next.cpu();
    }

    /** Runs on from between two blocks, by so many steps and the rest of a block; keeps no snapshot. */
    void run(final long steps) {
        edits.run(machine, steps, this::runPlain, edit -> {
            ended = machine.ended();
            farthest = Math.max(farthest, machine.steps());
            crossed.accept(edit);
        });
        blockEnd = -1;
    }

    /**
     * Runs on as {@link #run} does, unless somebody asks to stop: then it goes only a part of the way.
     *
     * @param patience steps between two looks
     * @return whether nobody asked to stop
     */
    boolean runUnlessStopped(final long steps, final long patience) {
        final long here = machine.steps();
        final long target = here + Math.min(steps, Long.MAX_VALUE - here);
        while (machine.steps() < target && ended.isEmpty()) {
            if (takeInterrupt()) {
                return false;
            }
            run(Math.min(patience, target - machine.steps()));
        }
        return true;
    }

    private void runPlain(final long steps) {
        final RunResult result = machine.run(Budget.steps(steps));
        farthest = Math.max(farthest, machine.steps());
        ended = result instanceof RunResult.BudgetSpent ? Optional.empty() : Optional.of(result);
    }

    /** Keeps a snapshot of where the machine stands, between blocks, if one is due. */
    void mark() {
        if (ended.isEmpty() && trail.isDue(machine.steps())) {
            addRegular();
        }
        if (history.heardMemory() > share) {
            forgetBefore(trail.middle());
        }
    }

    /** Keeps a snapshot of where the machine stands, between blocks, for a while: {@return the place}. */
    Place keep() {
        final Place place = here();
        trail.keep(place, writtenSince <= trail.lastBefore(place.steps() + 1) ? (BitSet) written.clone() : null);
        return place;
    }

    private void addRegular() {
        final long before = trail.lastBefore(machine.steps());
        final Place place = here();
        trail.add(place, writtenSince <= before ? (BitSet) written.clone() : null);
        written.clear();
        writtenSince = place.steps();
    }

    /** Adds a change that was made where the machine stands: what has happened behind it has not. */
    void edited(final long begin, final List<HostWrite> writes) {
        stand();
        final long step = machine.steps();
        farthest = step;
        trail.cutBehind(begin == step ? begin - 1 : begin);
        edits.add(begin, step, writes);
        history.cut(machine.cycles());
        if (trail.isDue(step)) {
            addRegular();
        } else if (ended.isEmpty()) {
            keep();
        }
        if (edits.memory() > share) {
            forgetBefore(edits.behindWhich(share / 2));
        }
    }

    /** The history begins at the first snapshot at or behind a place, or where the machine stands. */
    private void forgetBefore(final long step) {
        trail.cutBefore(step);
        if (trail.regular().isEmpty()) {
            addRegular();
        }
        edits.cutUpTo(trail.first().steps());
        history.forgetBefore(trail.first().heard());
    }

    /** The history begins anew where the machine stands. */
    void begun() {
        stand();
        edits.cutUpTo(Long.MAX_VALUE);
        farthest = machine.steps();
        trail.cutBehind(-1);
        written.clear();
        writtenSince = Long.MAX_VALUE;
        addRegular();
    }

    /** {@return a second machine that hears what this one heard and whose COM1 says it to nobody} */
    Machine fork(final Snapshot snapshot) {
        return machine.fork(snapshot, octet -> { }, history.replay());
    }
}
