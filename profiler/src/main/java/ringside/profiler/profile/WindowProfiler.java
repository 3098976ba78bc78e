package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.toolchain.image.Probe;

/**
 * Cuts a stream of events into the windows of a plan and measures each. All measured rounds of a window must be
 * identical, down to the path of instructions: a deterministic machine owes a standard deviation of 0, and where it
 * is not, {@link #profile} refuses instead of averaging.
 *
 * <p>A kernel instruction belongs to the last phase mark passed since the kernel was entered, that is since the last
 * instruction at level 3. An interrupt, exception or halt inside a window excludes that round, by name.
 *
 * <p>Measures the vCPU on which the trial began; what happens on others is not seen.
 */
public final class WindowProfiler implements MachineObserver {
    private final WindowPlan plan;
    private final Set<EventKind> interests;
    private final LongFunction<String> places;
    private final PhaseMarks marks;
    private final String[] kinds;
    private final OpenWindow[] open;
    private final Map<Trial, List<WindowSeries>> trials = new LinkedHashMap<>();
    private List<WindowSeries> current;
    private int ended;
    private int cpu;
    private int phase = PhaseMarks.NONE;
    private long lastCycle;

    /**
     * Prepares to measure.
     *
     * @param plan   what to measure
     * @param probes the image's probes, in the order in which events number them
     * @param places turns an address into text for messages, e.g. {@code thread_switch+0x12}
     * @param memory whether to ask for memory events; without them every footprint is
     *               {@link DataFootprint#UNOBSERVED}
     */
    public WindowProfiler(
            final WindowPlan plan, final List<Probe> probes, final LongFunction<String> places,
            final boolean memory) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.places = Objects.requireNonNull(places, "places");
        this.marks = new PhaseMarks(plan, probes);
        this.kinds = probes.stream().map(Probe::kind).toArray(String[]::new);
        this.open = new OpenWindow[plan.windows().size()];
        for (int i = 0; i < open.length; i++) {
            open[i] = new OpenWindow(marks);
        }
        final Set<EventKind> wanted = EnumSet.of(EventKind.INSTRUCTION, EventKind.PROBE, EventKind.EXCEPTION,
                EventKind.INTERRUPT, EventKind.HALT);
        if (memory) {
            wanted.add(EventKind.MEMORY_READ);
            wanted.add(EventKind.MEMORY_WRITE);
        }
        interests = Collections.unmodifiableSet(wanted);
    }

    /**
     * {@return one profile for each window of each trial that was executed, trials in the order they began, windows
     * in the plan's order}
     *
     * @throws UnstableProfileException if rounds of a window differ or none was left undisturbed
     */
    public List<WindowProfile> profile() {
        final List<WindowProfile> profiles = new ArrayList<>();
        for (final List<WindowSeries> series : trials.values()) {
            series.stream().filter(WindowSeries::isUsed).forEach(one -> profiles.add(one.profile(marks)));
        }
        return profiles;
    }

    /** {@return how many trials began and ended; what comes after the last one needs no observing} */
    public int ended() {
        return ended;
    }

    @Override
    public Set<EventKind> interests() {
        return interests;
    }

    @Override
    public void probe(
            final long cycle, final int onCpu, final int probe, final long first, final long second,
            final long third) {
        final String kind = kinds[probe];
        if (kind.equals(plan.begins())) {
            begin(onCpu, new Trial(first, second, third));
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

    @Override
    public void instruction(
            final long cycle, final int onCpu, final long address, final int length, final int level) {
        if (current == null || onCpu != cpu) {
            return;
        }
        if (level != 0) {
            phase = PhaseMarks.NONE;
        }
        final long cost = cycle - lastCycle;
        lastCycle = cycle;
        for (final OpenWindow window : open) {
            if (window.isOpen()) {
                window.instruction(address, level, phase, cost);
            }
        }
    }

    @Override
    public void memoryRead(
            final long cycle, final int onCpu, final long address, final int size, final int level) {
        if (current != null && level == 0 && onCpu == cpu) {
            for (final OpenWindow window : open) {
                if (window.isOpen()) {
                    window.read(address, size);
                }
            }
        }
    }

    @Override
    public void memoryWrite(
            final long cycle, final int onCpu, final long address, final int size, final int level) {
        if (current != null && level == 0 && onCpu == cpu) {
            for (final OpenWindow window : open) {
                if (window.isOpen()) {
                    window.write(address, size);
                }
            }
        }
    }

    @Override
    public void exception(
            final long cycle, final int onCpu, final int vector, final long errorCode, final long rip) {
        disturb(onCpu, "exception " + vector);
    }

    @Override
    public void interrupt(final long cycle, final int onCpu, final int vector, final long rip) {
        disturb(onCpu, "interrupt " + vector);
    }

    @Override
    public void halt(final long cycle, final int onCpu) {
        disturb(onCpu, "halt");
    }

    private void begin(final int onCpu, final Trial trial) {
        end();
        cpu = onCpu;
        current = trials.get(trial);
        if (current != null) {
            current.forEach(WindowSeries::begunAgain);
        } else {
            current = plan.windows().stream()
                    .map(spec -> new WindowSeries(trial, spec.name(), plan.warmUp(), places)).toList();
            trials.put(trial, current);
        }
    }

    private void end() {
        current = null;
        for (final OpenWindow window : open) {
            window.abandon();
        }
    }

    /** Closes the windows that end before this probe's instruction, then opens those that begin with it. */
    private void cut(final String kind, final long cycle) {
        for (int i = 0; i < open.length; i++) {
            if (open[i].isOpen() && plan.windows().get(i).closes().equals(kind)) {
                current.get(i).close(open[i], cycle);
            }
        }
        for (int i = 0; i < open.length; i++) {
            if (plan.windows().get(i).opens().equals(kind)) {
                open[i].open(cycle);
                lastCycle = cycle;
            }
        }
    }

    private void disturb(final int onCpu, final String what) {
        if (current != null && onCpu == cpu) {
            for (final OpenWindow window : open) {
                window.disturb(what);
            }
        }
    }
}
