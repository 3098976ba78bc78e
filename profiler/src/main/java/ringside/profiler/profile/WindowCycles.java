package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.profiler.model.Cause;
import ringside.profiler.model.CostListener;
import ringside.toolchain.image.Probe;

/**
 * Keeps what each round of each window of a plan cost under a cycle model. Unlike {@link WindowProfiler}, which wants
 * rounds to be identical, it expects them to differ: how a cost comes to rest is what it is for. Nothing is left out;
 * the plan's warm-up has no meaning here.
 *
 * <p>Hangs on a {@code ModelledSource} and hears its model's causes. Measures the vCPU on which a trial began.
 */
public final class WindowCycles implements MachineObserver, CostListener {
    private static final Set<EventKind> INTERESTS = Set.copyOf(EnumSet.of(EventKind.INSTRUCTION, EventKind.PROBE,
        EventKind.EXCEPTION, EventKind.INTERRUPT, EventKind.HALT));

    private final WindowPlan plan;
    private final PhaseMarks marks;
    private final String[] kinds;
    private final Open[] open;
    private final Map<Trial, List<List<RoundCost>>> trials = new LinkedHashMap<>();
    private List<List<RoundCost>> current;
    private int ended;
    private int cpu;
    private int phase = PhaseMarks.NONE;
    private long lastCycle;
    private Cause cause;

    /**
     * Prepares to listen.
     *
     * @param plan   the windows
     * @param probes the image's probes, in the order in which events number them
     */
    public WindowCycles(final WindowPlan plan, final List<Probe> probes) {
        this.plan = Objects.requireNonNull(plan, "plan");
        marks = new PhaseMarks(plan, probes);
        kinds = probes.stream().map(Probe::kind).toArray(String[]::new);
        open = new Open[plan.windows().size()];
        Arrays.setAll(open, i -> new Open());
    }

    /** {@return the windows that were executed, trials in the order they began, windows in the plan's order} */
    public List<WindowRounds> rounds() {
        final List<WindowRounds> all = new ArrayList<>();
        trials.forEach((trial, windows) -> {
            for (int i = 0; i < windows.size(); i++) {
                if (!windows.get(i).isEmpty()) {
                    all.add(new WindowRounds(trial, plan.windows().get(i).name(), windows.get(i)));
                }
            }
        });
        return all;
    }

    /** {@return how many trials began and ended; what comes after the last one needs no observing} */
    public int ended() {
        return ended;
    }

    @Override
    public Set<EventKind> interests() {
        return INTERESTS;
    }

    @Override
    public void cost(final int onCpu, final long address, final long cycles, final Cause why) {
        cause = why;
    }

    @Override
    public void instruction(
            final long cycle, final int onCpu, final long address, final int length, final int level) {
        if (current == null || onCpu != cpu) {
            return;
        }
        if (level != 0) {
            phase = PhaseMarks.NONE;
        }
        final RoundStep step = new RoundStep(address, level, marks.name(phase), cycle - lastCycle,
            Optional.ofNullable(cause));
        lastCycle = cycle;
        for (final Open window : open) {
            if (window.opened >= 0) {
                window.steps.add(step);
            }
        }
    }

    @Override
    public void probe(final long cycle, final int onCpu, final int probe, final long first, final long second,
            final long third) {
        final String kind = kinds[probe];
        if (kind.equals(plan.begins())) {
            end();
            cpu = onCpu;
            current = trials.computeIfAbsent(new Trial(first, second, third), _ -> plan.windows().stream()
                .<List<RoundCost>>map(_ -> new ArrayList<>()).toList());
        } else if (current != null && onCpu == cpu) {
            if (marks.phaseOf(probe) != PhaseMarks.NONE) {
                phase = marks.phaseOf(probe);
            } else if (kind.equals(plan.ends())) {
                ended++;
                end();
            } else {
                cut(kind, cycle);
            }
        }
    }

    private void end() {
        current = null;
        for (final Open window : open) {
            window.opened = -1;
        }
    }

    /** Closes the windows that end before this probe's instruction, then opens those that begin with it. */
    private void cut(final String kind, final long cycle) {
        for (int i = 0; i < open.length; i++) {
            if (open[i].opened >= 0 && plan.windows().get(i).closes().equals(kind)) {
                final List<RoundCost> rounds = current.get(i);
                rounds.add(open[i].close(rounds.size() + 1, cycle));
            }
        }
        for (int i = 0; i < open.length; i++) {
            if (plan.windows().get(i).opens().equals(kind)) {
                open[i].open(cycle);
                lastCycle = cycle;
            }
        }
    }

    @Override
    public void exception(
            final long cycle, final int onCpu, final int vector, final long errorCode, final long rip) {
        disturb(cycle, onCpu, "exception " + vector);
    }

    @Override
    public void interrupt(final long cycle, final int onCpu, final int vector, final long rip) {
        disturb(cycle, onCpu, "interrupt " + vector);
    }

    @Override
    public void halt(final long cycle, final int onCpu) {
        disturb(cycle, onCpu, "halt");
    }

    private void disturb(final long cycle, final int onCpu, final String what) {
        if (current != null && onCpu == cpu) {
            lastCycle = Math.max(lastCycle, cycle);
            for (final Open window : open) {
                window.disturbance = window.disturbance.isEmpty() ? what : window.disturbance;
            }
        }
    }

    /** A window under way. */
    private static final class Open {
        private final List<RoundStep> steps = new ArrayList<>();
        private long opened = -1;
        private String disturbance = "";

        void open(final long cycle) {
            opened = cycle;
            disturbance = "";
            steps.clear();
        }

        RoundCost close(final int number, final long cycle) {
            final RoundCost cost = new RoundCost(number, cycle - opened, disturbance, steps);
            opened = -1;
            return cost;
        }
    }
}
