package ringside.emulator.travel;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.toolchain.image.GuestImage;

/**
 * A machine with its past: whoever runs it can go to any place where it has been, by the single instruction, and on
 * from there as if nothing had been.
 *
 * <pre>
 *   start ──■────────■────────■──────●─────────►  end of what has happened
 *           snapshots                here: run from the last snapshot before it
 * </pre>
 *
 * <p>The machine itself stops between blocks. A place within a block is shown by running the block's first instructions
 * from a snapshot of its beginning, and left by going back to that: so no look changes what happens, and every run is
 * the same as one that nobody watched. Steps without an instruction (a delivered interrupt, the end of a wait) are
 * places as well.
 *
 * <p>Only {@link #edit} changes a history: what comes behind has not happened then.
 *
 * <p>One thread at a time, but for {@link #interrupt}.
 */
public final class Timeline implements AutoCloseable {
    /** Bytes of memory for snapshots, if nothing else is said. */
    public static final long MEMORY = 512L << 20;
    /** Steps between two snapshots, as long as there is memory for all. */
    public static final long INTERVAL = 6_000_000;

    private final History history;
    private final Machine machine;
    private final Trail trail;
    private final Way way;
    /** Edits, by the steps before them. */
    private final TreeMap<Long, Seam> seams = new TreeMap<>();
    private final BitSet written = new BitSet();
    private long writtenSince;
    /** The beginning of the block within which the machine stands, {@code null} where it stands between blocks. */
    private Place within;
    /** Where the block that begins at {@code within}, or where the machine stands, ends; -1 if not known. */
    private long blockEnd = -1;
    private int blockCpu;
    private long farthest;
    private Optional<RunResult> ended = Optional.empty();
    private volatile boolean interrupted;

    /** An edit: the beginning of the block in which it was done, and the machine behind it. */
    private record Seam(long begin, Place place) {
    }

    private Timeline(final MachineConfig config, final GuestImage image, final long memory, final long interval) {
        history = new History();
        machine = Machine.boot(config.withSerial(history).withInput(history), image);
        trail = new Trail(memory, interval);
        way = new Way(this);
        addRegular();
    }

    /**
     * Boots a machine; nothing has happened yet.
     *
     * @param config what it is made of; the ends of its first serial port are the timeline's
     * @param image  what it boots
     * @return its timeline, which owns the machine; its owner closes it
     */
    public static Timeline boot(final MachineConfig config, final GuestImage image) {
        return new Timeline(config, image, MEMORY, INTERVAL);
    }

    /**
     * Boots a machine with other limits.
     *
     * @param config   what it is made of
     * @param image    what it boots
     * @param memory   bytes for snapshots, about; where they are spent, snapshots are farther apart
     * @param interval steps between two snapshots
     * @return its timeline
     */
    public static Timeline boot(
            final MachineConfig config, final GuestImage image, final long memory, final long interval) {
        return new Timeline(config, image, memory, interval);
    }

    /** {@return the machine, to be looked at; whoever runs or changes it loses its history} */
    public Machine machine() {
        return machine;
    }

    /** {@return where the machine stands} */
    public Position position() {
        return new Position(machine.steps(), nextCpu());
    }

    /** {@return the vCPU that takes the next step} */
    public int nextCpu() {
        if (ended.isEmpty()) {
            knowBlock();
        }
        return ended.isEmpty() ? blockCpu : machine.turn();
    }

    /** {@return what ended the guest's run, if the machine stands there} */
    public Optional<RunResult> ended() {
        return ended;
    }

    /** {@return how many steps of the history are known: the most that the machine took since the last edit} */
    public long farthest() {
        return Math.max(farthest, machine.steps());
    }

    /** {@return steps of the places that have a regular snapshot, in order} */
    public List<Long> snapshots() {
        return trail.regular();
    }

    /** {@return how many bytes the first serial port sent before this place} */
    public int said() {
        return history.said();
    }

    /**
     * {@return bytes that the first serial port sent before this place}
     *
     * @param from number of the first one
     */
    public byte[] said(final int from) {
        return history.said(from);
    }

    /** {@return what the first serial port heard, by position, everywhere in the history} */
    public InputLog input() {
        return history.log();
    }

    /** {@return how many bytes were typed and wait to be heard} */
    public int unheard() {
        return history.waiting();
    }

    /**
     * Has the first serial port hear what another one heard, at the same places; before anything has happened.
     *
     * @param input what comes in; what is typed comes behind all of it
     */
    public void foretell(final InputLog input) {
        history.foretell(input);
    }

    /**
     * Types into the first serial port: the guest hears it behind all that has happened so far, when it waits for input
     * or looks for it again and again.
     *
     * @param bytes what is typed
     */
    public void type(final byte[] bytes) {
        history.type(bytes);
        if (ended.filter(result -> result instanceof RunResult.Halted).isPresent() && machine.awaitedPort() == 1) {
            // Such an end is one for want of input: it is looked for once more.
            final long end = machine.steps();
            go(trail.floor(end - 1));
            way.walk(end - 1);
            ended = Optional.empty();
        }
    }

    /** {@return the machine where the block begins in which it stands: a second one can begin there} */
    public Snapshot base() {
        return begin().snapshot();
    }

    /** {@return bytes of memory that the snapshots take, about} */
    public long memory() {
        return trail.bytes();
    }

    /** Has the way that is being walked end soon; from any thread. */
    public void interrupt() {
        interrupted = true;
    }

    /** Nobody has asked to stop: what was asked for before is over. A search for a condition does not say so itself. */
    public void clearInterrupt() {
        interrupted = false;
    }

    boolean takeInterrupt() {
        final boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /**
     * Goes forward.
     *
     * @param steps how many, at least 1
     * @return where it ended: so many steps farther, or at the last place before that, or where the run ends
     */
    public Stop forward(final long steps) {
        interrupted = false;
        return walked(way.walk(Math.addExact(machine.steps(), steps)));
    }

    /**
     * Goes to a place, forward or back.
     *
     * @param step how many steps come before it; where there is no such place, the last one before it is meant
     * @return where it ended
     */
    public Stop go(final long step) {
        interrupted = false;
        if (step < 0) {
            throw new IllegalArgumentException("nothing happened before the start: step=" + step);
        }
        way.toward(step);
        return walked(way.walk(step));
    }

    private Stop walked(final boolean whole) {
        if (ended.isPresent()) {
            return new Stop(position(), Stop.Reason.ENDED, List.of(), ended);
        }
        return Stop.of(position(), whole ? Stop.Reason.ARRIVED : Stop.Reason.INTERRUPTED);
    }

    /** Goes to the next place, one step or the least there is. */
    public Stop next() {
        interrupted = false;
        if (ended.isPresent()) {
            return walked(true);
        }
        knowBlock();
        final long here = machine.steps();
        final Place begin = begin();
        final long end = blockEnd;
        // The rest of a block may be one step: a HLT and its wait, an exception that leads to another, a reset.
        if (here + 1 >= end || !look(begin, here + 1, end)) {
            go(begin);
            run(1);
        }
        return walked(true);
    }

    /**
     * Goes to the place before this one.
     *
     * @return where it ended
     */
    public Stop previous() {
        if (machine.steps() == trail.floor(0).steps()) {
            return Stop.of(position(), Stop.Reason.START);
        }
        return go(machine.steps() - 1);
    }

    /**
     * Goes forward by one step of a vCPU, while the others have their turns.
     *
     * @param cpu its number
     * @return behind its step, or where the run ends
     */
    public Stop step(final int cpu) {
        return new Steps(this).forward(cpu);
    }

    /**
     * Goes back by one step of a vCPU.
     *
     * @param cpu its number
     * @return before its last step, or where the history begins
     */
    public Stop back(final int cpu) {
        return new Steps(this).back(cpu);
    }

    /**
     * Goes forward until a condition comes about.
     *
     * @param conditions any of them
     * @param steps      how many at most
     * @return where it ended
     */
    public Stop forward(final List<? extends Condition> conditions, final long steps) {
        return new Search(this, conditions).forward(steps);
    }

    /**
     * Goes back to where a condition came about last.
     *
     * @param conditions any of them
     * @return before the step that brought it about, or where the history begins
     */
    public Stop back(final List<? extends Condition> conditions) {
        return new Search(this, conditions).back(page -> true);
    }

    /**
     * Goes back to where memory was written last.
     *
     * @param physical first byte
     * @param bytes    how many, at least 1
     * @return before the step that wrote it, or where the history begins: what is there was loaded
     */
    public Stop lastWriter(final long physical, final int bytes) {
        final MemoryWritten condition = new MemoryWritten(physical, bytes);
        return new Search(this, List.of(condition)).back(from -> condition.pages()
                .anyMatch(page -> trail.mayBeWritten(from, page)));
    }

    /**
     * Changes the machine here: what has happened behind this place has not.
     *
     * @param change what is done with it; it does not run
     */
    public void edit(final Consumer<Machine> change) {
        final long begin = within == null ? machine.steps() : within.steps();
        change.accept(machine);
        within = null;
        blockEnd = -1;
        ended = Optional.empty();
        farthest = machine.steps();
        trail.cutBehind(begin == machine.steps() ? begin - 1 : begin);
        history.cut(machine.cycles());
        written.clear();
        writtenSince = Long.MAX_VALUE;
        final Place place = here();
        trail.add(place, null);
        final Seam before = seams.get(place.steps());
        seams.tailMap(place.steps(), true).clear();
        seams.put(place.steps(), new Seam(before == null ? begin : before.begin, place));
    }

    /**
     * Begins the history anew where a snapshot was taken: there is nothing before it.
     *
     * @param snapshot of such a machine
     * @throws ringside.emulator.snapshot.SnapshotException when it is of another one; the history is then as it was
     */
    public void begin(final Snapshot snapshot) {
        // On another machine first: one that was refused in its midst is in no state to go on.
        fork(snapshot).close();
        machine.restore(snapshot);
        history.begin();
        within = null;
        blockEnd = -1;
        ended = Optional.empty();
        seams.clear();
        farthest = machine.steps();
        trail.cutBehind(-1);
        written.clear();
        writtenSince = Long.MAX_VALUE;
        trail.add(here(), null);
    }

    /**
     * {@return a second machine that hears what this one heard and whose COM1 says it to nobody; its owner closes it}
     *
     * @param snapshot where it begins, a place of this history
     */
    public Machine fork(final Snapshot snapshot) {
        return machine.fork(snapshot, octet -> { }, history.replay());
    }

    @Override
    public void close() {
        machine.close();
    }

    Trail trail() {
        return trail;
    }

    /** {@return the place where the machine stands, between blocks} */
    Place here() {
        written.or(machine.written());
        return new Place(machine.snapshot(), history.said());
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
        history.at(place.said());
        written.clear();
        writtenSince = place.steps();
        within = null;
        blockEnd = -1;
        ended = Optional.empty();
    }

    /**
     * Shows a place within a block.
     *
     * @return whether there is such a place; if not, the machine stands nowhere that is one, and has to be sent on
     */
    boolean look(final Place begin, final long step, final long end) {
        go(begin);
        final RunResult result = machine.runWithin((int) (step - begin.steps()));
        within = begin;
        blockEnd = end;
        blockCpu = machine.turn();
        return result instanceof RunResult.BudgetSpent && machine.steps() == step;
    }

    /** The block in which the machine stands may end elsewhere than it was said. */
    void forgetBlockEnd() {
        blockEnd = -1;
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
        if (here > begin.steps()) {
            look(begin, here, next.end());
        } else {
            go(begin);
        }
        blockEnd = next.end();
        blockCpu = next.cpu();
    }

    /** Runs on from between two blocks, by so many steps and the rest of a block; keeps no snapshot. */
    void run(final long steps) {
        final long target = Math.addExact(machine.steps(), steps);
        Map.Entry<Long, Seam> next = seams.higherEntry(machine.steps());
        while (next != null && (target >= next.getKey() || target > next.getValue().begin) && ended.isEmpty()) {
            cross(next.getValue());
            next = seams.higherEntry(machine.steps());
        }
        if (machine.steps() < target && ended.isEmpty()) {
            runPlain(target - machine.steps());
        }
    }

    /** Runs to an edit ahead, and takes it over. */
    private void cross(final Seam seam) {
        if (seam.begin > machine.steps()) {
            runPlain(seam.begin - machine.steps());
        }
        if (seam.place.steps() > seam.begin) {
            machine.runWithin((int) (seam.place.steps() - seam.begin));
        }
        go(seam.place);
    }

    private void runPlain(final long steps) {
        blockEnd = -1;
        final RunResult result = machine.run(Budget.steps(steps));
        farthest = Math.max(farthest, machine.steps());
        ended = result instanceof RunResult.BudgetSpent ? Optional.empty() : Optional.of(result);
    }

    /** Keeps a snapshot of where the machine stands, between blocks, if one is due. */
    void mark() {
        if (ended.isEmpty() && trail.isDue(machine.steps())) {
            addRegular();
        }
    }

    private void addRegular() {
        final long before = trail.lastBefore(machine.steps());
        final Place place = here();
        trail.add(place, writtenSince <= before ? (BitSet) written.clone() : null);
        written.clear();
        writtenSince = place.steps();
    }
}
