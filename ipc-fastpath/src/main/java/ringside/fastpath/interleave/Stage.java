package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.fastpath.experiment.GuestEnd;
import ringside.fastpath.lab.BareStand;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Probe;

/**
 * A machine whose CPUs all stand at the beginning of their actors, to which it returns for every schedule.
 *
 * <p>The image has one probe {@code actor_begin}, which each CPU passes when all have prepared what they share; an
 * actor ends at a HLT with interrupts off that a probe {@code actor_end} marks, and nowhere else. What is in between is
 * told by the probes that {@link ActorHistory} hears.
 */
public final class Stage implements AutoCloseable {
    /** Instructions within which an actor that is not done counts as one that waits for another. */
    private static final int PATIENCE = 1_000;
    /** How often all that wait get another chance before they count as stuck. */
    private static final int CHANCES = 3;
    /** Instructions of one turn at most. */
    private static final int MOST_STEPS = 100_000;
    /** What it may take until all are at their actors. */
    private static final long MOST_STEPS_BEFORE = 1_000_000;
    private static final int STRIDE = 16;

    private final Machine machine;
    private final int cpus;
    private final long begin;
    private final Set<Long> ends;
    private final ActorHistory history;
    private final StepRecorder steps = new StepRecorder();
    private final CodeFacts facts;
    private final Optional<StoreBuffers> stores;
    private final boolean waits;
    private final Snapshot start;
    private final List<Part> parts = new ArrayList<>();

    /** A turn that was taken, and between which of the recorded instructions. */
    private record Part(int cpu, int from, int to, int waiting, long next, boolean done) {
    }

    private Stage(final Machine machine, final GuestImage image, final MemoryOrder order, final boolean waits) {
        this.waits = waits;
        this.machine = machine;
        cpus = machine.config().vcpus();
        begin = marked(image, "actor_begin").getFirst();
        ends = Set.copyOf(marked(image, "actor_end"));
        history = new ActorHistory(image.probes(), cpus);
        machine.addObserver(history);
        gather();
        start = machine.snapshot();
        machine.addObserver(steps);
        facts = new CodeFacts(image);
        stores = order == MemoryOrder.TSO ? Optional.of(new StoreBuffers(machine, facts, history)) : Optional.empty();
        stores.ifPresent(machine::addObserver);
    }

    private static List<Long> marked(final GuestImage image, final String kind) {
        final List<Long> places = image.probes().stream().filter(probe -> probe.kind().equals(kind))
                .map(Probe::address).toList();
        if (places.isEmpty()) {
            throw new IllegalArgumentException("the image has no probe " + kind + ": image=" + image.name());
        }
        return places;
    }

    /**
     * Boots an image and brings its CPUs to their actors.
     *
     * @param image with actors
     * @param cpus  how many there are
     * @param order when their stores reach each other
     * @param waits whether one may wait for another that does not run
     * @return the stage; its owner closes it
     * @throws IllegalArgumentException where the image has no actors, or does not come to them
     */
    public static Stage open(final GuestImage image, final int cpus, final MemoryOrder order,
            final boolean waits) {
        final Machine machine = Machine.boot(MachineConfig.standard().withVcpus(cpus), image);
        try {
            return new Stage(machine, image, order, waits);
        } catch (final Throwable failure) {
            machine.close();
            throw failure;
        }
    }

    // In turns of a few instructions until they get near, then one by one: none may pass the probe.
    private void gather() {
        long steps = 0;
        while (!arrived()) {
            for (int cpu = 0; cpu < cpus; cpu++) {
                for (int i = 0; i < STRIDE && machine.cpu(cpu).read(CpuRegister.RIP) != begin; i++) {
                    final RunResult result = machine.runOnly(cpu, Budget.steps(1));
                    if (!(result instanceof RunResult.BudgetSpent)) {
                        requireWaiting(result);
                        break;
                    }
                    steps++;
                }
            }
            steps++;
            if (steps > MOST_STEPS_BEFORE) {
                throw new IllegalArgumentException("not all CPUs came to actor_begin within "
                        + MOST_STEPS_BEFORE + " instructions");
            }
        }
    }

    private static void requireWaiting(final RunResult result) {
        if (!(result instanceof RunResult.Halted)) {
            throw new IllegalArgumentException("before actor_begin " + result.describe());
        }
    }

    private boolean arrived() {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (machine.cpu(cpu).read(CpuRegister.RIP) != begin) {
                return false;
            }
        }
        return true;
    }

    /** {@return how many CPUs there are} */
    public int cpus() {
        return cpus;
    }

    /**
     * Follows a schedule from the beginning.
     *
     * @param schedule of CPUs that there are
     * @return what came of it
     */
    public Outcome run(final Schedule schedule) {
        rewind();
        final boolean[] done = new boolean[cpus];
        Optional<String> end = Optional.empty();
        for (final Turn turn : schedule.turns()) {
            if (turn.cpu() >= cpus) {
                throw new IllegalArgumentException("no such CPU: turn=" + turn + " cpus=" + cpus);
            }
            end = end.isPresent() ? end : take(turn, done);
        }
        for (int chance = 0; chance < CHANCES && end.isEmpty() && !all(done); chance++) {
            for (int cpu = 0; cpu < cpus && end.isEmpty(); cpu++) {
                end = take(new Turn(cpu, Turn.TO_THE_END), done);
            }
        }
        if (end.isEmpty() && !all(done)) {
            end = Optional.of("stuck: " + waiting(done) + " for ever, and nobody is left to end that");
        }
        return new Outcome(schedule, history.operations(), end);
    }

    /** {@return why the whole run ended, where it did} */
    private Optional<String> take(final Turn turn, final boolean[] done) {
        if (done[turn.cpu()]) {
            return Optional.empty();
        }
        final int before = steps.count();
        final RunResult result = execute(turn);
        final boolean ended = result instanceof RunResult.Halted(final long rip) && ends.contains(rip - 1);
        done[turn.cpu()] = ended && !history.isUnderWay(turn.cpu());
        parts.add(new Part(turn.cpu(), before, steps.count(), waiting(turn.cpu()),
                machine.cpu(turn.cpu()).read(CpuRegister.RIP), done[turn.cpu()]));
        if (ended && !done[turn.cpu()]) {
            return Optional.of("CPU " + turn.cpu() + " came to its end in the middle of an operation");
        }
        if (!done[turn.cpu()] && !(result instanceof RunResult.BudgetSpent)) {
            return Optional.of(history.failed().map(check -> "the check " + check + " failed")
                    .orElse("CPU " + turn.cpu() + ": " + describe(result)));
        }
        if (!waits && !done[turn.cpu()] && turn.instructions() == Turn.TO_THE_END) {
            return Optional.of("CPU " + turn.cpu() + " does not get on alone, and has to");
        }
        return Optional.empty();
    }

    private String describe(final RunResult result) {
        return history.fault().filter(_ -> result instanceof RunResult.Exited(final int code)
                && code == BareStand.EXIT_EXCEPTION).map(fault -> "exception " + fault.vector() + " (error code 0x"
                + Long.toHexString(fault.errorCode()) + ") at " + GuestEnd.place(fault.rip(), machine.image()))
                .orElseGet(() -> GuestEnd.describe(result, machine.image()));
    }

    private RunResult execute(final Turn turn) {
        final int most = turn.instructions() == Turn.TO_THE_END ? PATIENCE : Math.min(turn.instructions(), MOST_STEPS);
        if (stores.isPresent()) {
            return stores.get().run(turn.cpu(), most, turn.drained(), turn.instructions() == Turn.TO_THE_END);
        }
        if (turn.drained() > 0) {
            throw new IllegalArgumentException("no stores wait here: turn=" + turn);
        }
        return machine.runOnly(turn.cpu(), Budget.steps(most));
    }

    private int waiting(final int cpu) {
        return stores.map(buffers -> buffers.waiting(cpu)).orElse(0);
    }

    private static boolean all(final boolean[] done) {
        for (final boolean one : done) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    private static String waiting(final boolean[] done) {
        final StringBuilder who = new StringBuilder();
        int count = 0;
        for (int cpu = 0; cpu < done.length; cpu++) {
            if (!done[cpu]) {
                who.append(count++ == 0 ? "" : ", ").append("CPU ").append(cpu);
            }
        }
        return who + (count == 1 ? " waits" : " wait");
    }

    private void rewind() {
        machine.restore(start);
        history.clear();
        steps.clear();
        parts.clear();
        stores.ifPresent(StoreBuffers::clear);
    }

    /** {@return how many turns the latest schedule had, with those in which the rest ran to their ends} */
    int legs() {
        return parts.size();
    }

    /** {@return one of these turns} */
    Leg leg(final int number) {
        final Part part = parts.get(number);
        final long[] addresses = steps.addresses(part.from, part.to);
        return new Leg(part.cpu, addresses, facts.withoutWaiting(addresses), part.waiting, part.next, part.done);
    }

    CodeFacts facts() {
        return facts;
    }

    /**
     * Follows a schedule and keeps what was executed.
     *
     * @param schedule of CPUs that there are
     * @param model    the state at the beginning
     * @return all of it
     */
    public Replay replay(final Schedule schedule, final SequentialModel model) {
        final Outcome outcome = run(schedule);
        return new Replay(outcome, outcome.wrong(model),
                IntStream.range(0, parts.size()).mapToObj(this::leg).toList());
    }

    /** {@return the machine, to look at after a schedule} */
    public Machine machine() {
        return machine;
    }

    /** {@return the probes of its image} */
    public List<Probe> probes() {
        return machine.image().probes();
    }

    @Override
    public void close() {
        facts.close();
        machine.close();
    }
}
