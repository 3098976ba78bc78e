package ringside.emulator.travel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.HostWrite;
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
    public static final long INTERVAL = 7_000_000;

    /** What part of the memory edits may take, input, and what the guest said; snapshots have the rest. */
    private static final int SHARE = 16;

    private final Machine machine;
    private final History history;
    private final Course course;
    private final Way way;

    private Timeline(final MachineConfig config, final GuestImage image, final long memory, final long interval) {
        history = new History(memory / SHARE);
        machine = Machine.boot(config.withSerial(history).withInput(history), image);
        course = new Course(machine, history, new Trail(memory - 3 * (memory / SHARE), interval), memory / SHARE);
        way = new Way(course);
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
     * @param memory   bytes for snapshots and all else that is kept, about; where they are spent, snapshots are
     *                 farther apart
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
        return course.position();
    }

    /** {@return the vCPU that takes the next step} */
    public int nextCpu() {
        return course.nextCpu();
    }

    /** {@return what ended the guest's run, if the machine stands there} */
    public Optional<RunResult> ended() {
        return course.ended();
    }

    /** {@return how many steps of the history are known: the most that the machine took since the last edit} */
    public long farthest() {
        return course.farthest();
    }

    /** {@return steps of the places that have a regular snapshot, in order} */
    public List<Long> snapshots() {
        return course.trail().regular();
    }

    /** {@return how many bytes the first serial port sent before this place} */
    public int said() {
        return history.said().count();
    }

    /**
     * {@return bytes that the first serial port sent before this place, from the first of them that is still known}
     *
     * @param from number of the first one
     */
    public byte[] said(final int from) {
        return history.said().from(from);
    }

    /** {@return the number of the first byte of what was said that is still known: the latest are kept} */
    public int saidKnown() {
        return history.said().known();
    }

    /** {@return steps of the place where the history begins: there is nothing known before it} */
    public long first() {
        return course.trail().first().steps();
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
     * @throws IllegalArgumentException where too many bytes wait to be heard already
     */
    public void type(final byte[] bytes) {
        history.type(bytes);
        if (course.ended().filter(result -> result instanceof RunResult.Halted).isPresent()
                && machine.awaitedPort() == 1) {
            // Such an end is one for want of input: it is looked for once more.
            final long before = machine.steps() - 1;
            if (first() > before) {
                machine.askAgain();
                course.begun();
            } else {
                course.go(course.trail().floor(before));
                way.walk(before);
            }
        }
    }

    /** {@return the machine where the block begins in which it stands: a second one can begin there} */
    public Snapshot base() {
        return course.begin().snapshot();
    }

    /** {@return bytes of memory that snapshots, edits, input and what the guest said take, about} */
    public long memory() {
        return course.memory();
    }

    /** Has the way that is being walked end soon; from any thread. */
    public void interrupt() {
        course.interrupt();
    }

    /** Nobody has asked to stop: what was asked for before is over. A search for a condition does not say so itself. */
    public void clearInterrupt() {
        course.clearInterrupt();
    }

    /**
     * Goes forward.
     *
     * @param steps how many, at least 1
     * @return where it ended: so many steps farther, or at the last place before that, or where the run ends
     */
    public Stop forward(final long steps) {
        course.clearInterrupt();
        return way.stop(way.walk(Math.addExact(machine.steps(), steps)));
    }

    /**
     * Goes to a place, forward or back.
     *
     * @param step how many steps come before it; where there is no such place, the last one before it is meant
     * @return where it ended
     */
    public Stop go(final long step) {
        course.clearInterrupt();
        if (step < 0) {
            throw new IllegalArgumentException("nothing happened before the start: step=" + step);
        }
        return way.go(step);
    }

    /** Goes to the next place, one step or the least there is. */
    public Stop next() {
        course.clearInterrupt();
        if (course.ended().isPresent()) {
            return way.stop(true);
        }
        final long end = course.blockEnd();
        final long there = machine.steps() + 1;
        final Place begin = course.begin();
        // The rest of a block may be one step: a HLT and its wait, an exception that leads to another, a reset.
        if (there >= end || !course.look(begin, there, end)) {
            course.go(begin);
            course.run(1);
        }
        return way.stop(true);
    }

    /**
     * Goes to the place before this one.
     *
     * @return where it ended
     */
    public Stop previous() {
        if (machine.steps() == first()) {
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
        return step(cpu, 1);
    }

    /**
     * Goes forward by some steps of a vCPU, while the others have their turns.
     *
     * @param cpu   its number
     * @param times how many, at least 1; of several steps without a place between them each counts
     * @return behind the last of them, or where the run ends
     */
    public Stop step(final int cpu, final long times) {
        if (times < 1) {
            throw new IllegalArgumentException("on is at least one step: times=" + times);
        }
        return new Steps(this, cpu).forward(course, times);
    }

    /**
     * Goes back by one step of a vCPU.
     *
     * @param cpu its number
     * @return before its last step, or where the history begins
     */
    public Stop back(final int cpu) {
        return back(cpu, 1);
    }

    /**
     * Goes back by some steps of a vCPU.
     *
     * @param cpu   its number
     * @param times how many, at least 1
     * @return before the first of them, or where the history begins
     */
    public Stop back(final int cpu, final long times) {
        if (times < 1) {
            throw new IllegalArgumentException("back is at least one step: times=" + times);
        }
        return new Steps(this, cpu).back(course, times);
    }

    /**
     * Goes forward until a condition comes about.
     *
     * @param conditions any of them
     * @param steps      how many at most
     * @return where it ended
     */
    public Stop forward(final List<? extends Condition> conditions, final long steps) {
        return forward(conditions, steps, Judge.ALWAYS);
    }

    /**
     * Goes forward until a condition comes about and somebody wants to stop there. What is passed by costs a small part
     * of what a way to it would.
     *
     * @param conditions any of them
     * @param steps      how many at most
     * @param judge      is asked at each place, in order, where any comes about
     * @return where it ended
     */
    public Stop forward(final List<? extends Condition> conditions, final long steps, final Judge judge) {
        return new Search(course, conditions).forward(steps, judge);
    }

    /**
     * {@return conditions that are stopped at before, here, as a way that only ends here has not said of them} The
     * machine stands where it stood.
     *
     * @param conditions to look for
     */
    public List<Condition> ahead(final List<? extends Condition> conditions) {
        return new Search(course, conditions).ahead();
    }

    /**
     * Goes back to where a condition came about last.
     *
     * @param conditions any of them
     * @return before the step that brought it about, or where the history begins
     */
    public Stop back(final List<? extends Condition> conditions) {
        return back(conditions, 0);
    }

    /**
     * Goes back to where a condition came about last, if that is not far.
     *
     * @param conditions any of them
     * @param least      steps of the place up to which it looks at least; at the snapshot before that it ends
     * @return before the step that brought it about, or where the history begins, or where it looked no farther
     */
    public Stop back(final List<? extends Condition> conditions, final long least) {
        return new Search(course, conditions).back(page -> true, 1, least);
    }

    /**
     * Goes back to where memory was written last.
     *
     * @param physical first byte
     * @param bytes    how many, at least 1
     * @return before the step that wrote it, or behind which the user did ({@link Stop#edit}), or where the history
     *         begins: what is there was loaded
     */
    public Stop lastWriter(final long physical, final int bytes) {
        final MemoryWritten condition = new MemoryWritten(physical, bytes);
        return new Search(course, List.of(condition)).back(from -> condition.pages()
                .anyMatch(page -> course.trail().mayBeWritten(from, page)));
    }

    /**
     * Changes the machine here: what has happened behind this place has not, and what was typed and heard there waits
     * to be heard once more. Who passes the place later passes the change. A history in which very much was changed
     * begins later than it did.
     *
     * @param change writes to it; it does not run. When it throws, nothing has changed
     */
    public void edit(final Consumer<Machine> change) {
        final Place begin = course.begin();
        final long step = machine.steps();
        final List<HostWrite> writes = new ArrayList<>();
        machine.tellWrites(writes::add);
        try {
            change.accept(machine);
        } catch (final RuntimeException refused) {
            course.goBackTo(begin, step);
            throw refused;
        } finally {
            machine.tellWrites(write -> { });
        }
        if (!writes.isEmpty()) {
            course.edited(begin.steps(), writes);
        }
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
        course.begun();
    }

    /**
     * Goes through a piece of the history once more with a second machine, which makes what the user changed as well;
     * this one stands where it stood. What lies ahead of all that has happened is as if nothing were typed.
     *
     * @param from      steps where it begins, or in the block that does
     * @param to        steps where it ends, or in the block that does
     * @param listening is given the second machine, where the piece begins, and says who listens
     * @return what was gone through: less than was asked for when somebody asked to stop
     */
    public Retraced retrace(final long from, final long to,
            final Function<Machine, List<? extends MachineObserver>> listening) {
        course.clearInterrupt();
        return new Retracing(course).of(from, to, listening);
    }

    /**
     * {@return a second machine that hears what this one heard and whose COM1 says it to nobody; its owner closes it}
     *
     * @param snapshot where it begins, a place of this history
     */
    public Machine fork(final Snapshot snapshot) {
        return course.fork(snapshot);
    }

    @Override
    public void close() {
        machine.close();
    }
}
